"""The threads: a trainer, a painter, and the mailboxes in which they meet the window."""
