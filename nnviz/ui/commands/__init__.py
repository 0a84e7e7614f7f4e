"""Commands: everything that a menu or a key can do, each a frozen value in one table.

Menus, shortcuts and the sheet of shortcuts are all read off COMMANDS. Each menu has a module of its
own; adding a command is one entry there.
"""

from __future__ import annotations

from nnviz.table import Table
from nnviz.ui.commands.edit import EDIT
from nnviz.ui.commands.file import FILE
from nnviz.ui.commands.help import HELP
from nnviz.ui.commands.past import PAST
from nnviz.ui.commands.run import RUN
from nnviz.ui.commands.view import VIEW
from nnviz.ui.workbench import Command, Menu, Submenu

MENUS: Table[Menu] = Table(
    "menu",
    [
        Menu("file", "File"),
        Menu("edit", "Edit"),
        Menu("run", "Run"),
        Menu("past", "Past"),
        Menu("view", "View"),
        Menu("help", "Help"),
    ],
)

COMMANDS: Table[Command | Submenu] = Table("command", [*FILE, *EDIT, *RUN, *PAST, *VIEW, *HELP])
