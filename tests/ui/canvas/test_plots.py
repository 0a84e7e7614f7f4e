import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.boundary import BoundaryCanvas, Ink
from nnviz.ui.canvas.colorbar import ColorBar
from nnviz.ui.canvas.curve import Curve, Drawn, spread, unbroken
from nnviz.ui.canvas.curve_scale import Scale
from nnviz.ui.canvas.curves import CurveCanvas
from nnviz.ui.canvas.pens import Floats, clipped
from nnviz.ui.canvas.plot import Plot
from nnviz.ui.canvas.points import Cloud
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.canvas.walkers import Walkers
from nnviz.ui.racers import style_of_kind
from nnviz.ui.theme import DARK, LIGHT

PLANE = (-6.0, 6.0, -6.0, 6.0)
STYLES = (style_of_kind("sgd", LIGHT), style_of_kind("nesterov", LIGHT))


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(460, 380)
    with qtbot.waitExposed(widget):
        widget.show()


@pytest.fixture
def boundary(qtbot: QtBot) -> BoundaryCanvas:
    made = BoundaryCanvas(LIGHT)
    shown(qtbot, made)
    return made


@pytest.fixture
def surface(qtbot: QtBot) -> SurfaceCanvas:
    made = SurfaceCanvas(LIGHT)
    shown(qtbot, made)
    rgba = np.full((16, 16, 4), 200, np.uint8)
    line = np.array([[-1.0, 0.0], [1.0, 0.5]])
    made.show_surface(
        rgba, (-2.0, 2.0, -1.0, 3.0), (1.0,), ((line,),), np.ones((1, 2)), ("a", "b"), "Valley"
    )
    return made


@pytest.fixture
def curves(qtbot: QtBot) -> CurveCanvas:
    made = CurveCanvas(LIGHT)
    shown(qtbot, made)
    return made


def pair(train: Floats, test: Floats) -> tuple[Curve, Curve]:
    return Curve("train", train, LIGHT.accent), Curve("test", test, LIGHT.text)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def pixel_of(plot: Plot, x: float, y: float) -> QPoint:
    right, down = plot.to_pixels(np.array([x, y])).tolist()
    return QPoint(round(right), round(down))


def test_the_first_row_of_a_map_is_at_the_bottom(boundary: BoundaryCanvas) -> None:
    rgba = np.full((12, 12, 4), 255, np.uint8)
    rgba[:6, :, :3] = (200, 0, 0)
    rgba[6:, :6, :3] = (0, 0, 200)
    boundary.show_map(rgba, PLANE)
    image = picture(boundary)
    assert image.pixelColor(pixel_of(boundary, 3.0, -3.0)).red() == 200
    assert image.pixelColor(pixel_of(boundary, -3.0, 3.0)).blue() == 200


@pytest.mark.parametrize("size", [(300, 500), (700, 300), (90, 80)])
def test_the_plane_of_the_data_is_square(boundary: BoundaryCanvas, size: tuple[int, int]) -> None:
    boundary.resize(*size)
    boundary.grab()
    assert boundary.area.width() == pytest.approx(boundary.area.height(), abs=1.0)


def test_places_and_pixels_agree(boundary: BoundaryCanvas) -> None:
    boundary.grab()
    x, y = boundary.to_place(QPointF(pixel_of(boundary, 2.0, -4.0)))
    assert (x, y) == pytest.approx((2.0, -4.0), abs=0.05)


def test_one_place_is_where_it_is_among_many(boundary: BoundaryCanvas) -> None:
    for view in ((-6.0, 6.0), (-1.0, 2.0)):
        boundary.view.show(view, view)
        x, y = boundary.to_pixels(np.array([0.7, -0.2])).tolist()
        assert boundary.to_pixel(0.7, -0.2) == QPointF(x, y)
    boundary.resize(300, 300)
    x, y = boundary.to_pixels(np.array([0.7, -0.2])).tolist()
    assert boundary.to_pixel(0.7, -0.2) == QPointF(x, y)


@pytest.mark.parametrize("far", [1e30, np.inf, np.nan])
def test_a_place_far_off_stays_near_the_screen(boundary: BoundaryCanvas, far: float) -> None:
    x, y = clipped(boundary.to_pixels(np.array([far, -far]))).tolist()
    assert boundary.to_pixel(far, -far) == QPointF(x, y)


@pytest.mark.parametrize("classes", [0, 2, 3, 8])
def test_points_to_test_on_look_different(
    boundary: BoundaryCanvas, rng: np.random.Generator, classes: int
) -> None:
    labels, points = rng.integers(0, max(classes, 2), 60).astype(float), rng.uniform(-5, 5, (60, 2))
    boundary.show_points(Cloud(points, labels, np.ones(60, bool), classes))
    train_only = picture(boundary)
    boundary.show_points(Cloud(points, labels, np.arange(60) % 2 == 0, classes))
    assert picture(boundary) != train_only


def test_mistaken_points_are_ringed(boundary: BoundaryCanvas, rng: np.random.Generator) -> None:
    boundary.show_points(Cloud(rng.uniform(-5, 5, (9, 2)), np.zeros(9), np.ones(9, bool), 2))
    without = picture(boundary)
    boundary.show_wrong(np.arange(9) == 4)
    assert picture(boundary) != without


LINE = (np.array([[-5.0, -5.0], [5.0, 5.0]]),)


@pytest.mark.parametrize(
    "ink", [Ink(LINE), Ink(levels=(("0.5", LINE),)), Ink(ghost=LINE), Ink(grid=(LINE, LINE))]
)
def test_lines_are_drawn_in_both_themes(boundary: BoundaryCanvas, ink: Ink) -> None:
    for theme in (LIGHT, DARK):
        boundary.show_theme(theme)
        boundary.show_ink(Ink())
        without = picture(boundary)
        boundary.show_ink(ink)
        assert picture(boundary) != without


def test_the_probe_is_dragged_and_moved_by_keys(boundary: BoundaryCanvas) -> None:
    heard: list[tuple[float, float]] = []
    boundary.probe_moved.connect(lambda x, y: heard.append((x, y)))
    boundary.show_probe((0.0, 0.0))
    boundary.grab()
    start, end = pixel_of(boundary, 0.0, 0.0), pixel_of(boundary, 2.0, -1.0)
    QTest.mousePress(boundary.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(boundary.viewport(), end)
    QTest.mouseRelease(boundary.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert heard[-1] == pytest.approx((2.0, -1.0), abs=0.1)
    QTest.keyClick(boundary, Qt.Key.Key_Right)
    assert heard[-1] == pytest.approx((0.12, 0.0))
    boundary.show_probe((0.0, 0.0), is_fixed=True)
    count = len(heard)
    QTest.keyClick(boundary, Qt.Key.Key_Right)
    assert len(heard) == count


def test_a_click_on_a_point_picks_it(boundary: BoundaryCanvas, qtbot: QtBot) -> None:
    points = np.array([[0.0, 0.0], [3.0, 3.0]])
    boundary.show_points(Cloud(points, np.zeros(2), np.ones(2, bool), 2))
    boundary.grab()
    with qtbot.waitSignal(boundary.point_clicked) as heard:
        place = pixel_of(boundary, 3.0, 3.0)
        QTest.mouseClick(boundary.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == [1]


def test_axes_tick_real_units(boundary: BoundaryCanvas) -> None:
    boundary.show_axes("petal length (cm)", "petal width (cm)", (4.0, 0.5), (1.0, 0.1))
    bottom = boundary._rulers[0]  # noqa: SLF001 - what is written
    step, ticks = bottom.ticks((-6.0, 6.0), 300.0)
    assert step == 1.0
    assert bottom.words(ticks, step) == ["1", "2", "3", "4", "5", "6", "7"]


def test_pointing_tells_the_place_once_inside(boundary: BoundaryCanvas, qtbot: QtBot) -> None:
    heard: list[object] = []
    boundary.place_hovered.connect(heard.append)
    QTest.mouseMove(boundary.viewport(), pixel_of(boundary, 0.0, 0.0))
    QTest.mouseMove(boundary.viewport(), QPoint(1, 1))
    assert heard[0] == pytest.approx((0.0, 0.0), abs=0.1)
    assert heard[-1] is None


def test_a_click_picks_the_start(surface: SurfaceCanvas, qtbot: QtBot) -> None:
    surface.grab()
    with qtbot.waitSignal(surface.start_picked) as heard:
        QTest.mouseClick(
            surface.viewport(), Qt.MouseButton.LeftButton, pos=pixel_of(surface, 1.0, 2.0)
        )
    assert heard.args == pytest.approx([1.0, 2.0], abs=0.05)


def test_the_keyboard_picks_the_start(surface: SurfaceCanvas, qtbot: QtBot) -> None:
    surface.show_starts(((0.0, 1.0),))
    QTest.keyClick(surface, Qt.Key.Key_Right)
    QTest.keyClick(surface, Qt.Key.Key_Up)
    with qtbot.waitSignal(surface.start_picked) as heard:
        QTest.keyClick(surface, Qt.Key.Key_Return)
    assert heard.args == pytest.approx([0.1, 1.1])


def test_escape_leaves_the_start_alone(surface: SurfaceCanvas, qtbot: QtBot) -> None:
    QTest.keyClick(surface, Qt.Key.Key_Left)
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(surface.start_picked):
        QTest.keyClick(surface, Qt.Key.Key_Return)


def test_trails_grow_as_if_drawn_at_once(surface: SurfaceCanvas) -> None:
    steps = np.linspace(0.0, 1.0, 41)
    way = np.stack([-1.5 + 3 * steps, 2.5 - 2 * steps, steps], axis=-1)
    paths = np.stack([way, way * (0.5, 1.0, 1.0)])
    for end in (1, 2, 21, 41):
        surface.show_race(paths[:, :end], STYLES, (False, False))
        grown = picture(surface)
    surface.show_theme(DARK)
    surface.show_theme(LIGHT)
    whole = picture(surface)
    differing = np.array(grown.constBits()) != np.array(whole.constBits())
    assert differing.mean() < 0.005  # Only joints of segments.


def test_another_race_leaves_no_trail_behind(surface: SurfaceCanvas) -> None:
    paths = np.array([[[-1.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]]])
    surface.show_race(paths, STYLES, (False, False))
    start = picture(surface)
    surface.show_race(np.concatenate([paths, paths + 1.0], axis=1), STYLES, (False, False))
    assert picture(surface) != start
    surface.show_race(paths, STYLES, (False, False))
    assert picture(surface) == start


def test_a_race_that_rests_is_not_drawn_again(
    surface: SurfaceCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    paths = np.array([[[-1.0, 0.0, 0.0], [-0.5, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.2, 0.1, 0.0]]])
    surface.show_race(paths, STYLES, (False, False))
    monkeypatch.setattr(surface, "refresh", lambda: drawn.append("again"))
    surface.show_race(paths.copy(), STYLES, (False, False))
    assert not drawn
    surface.show_race(paths[:, :1], STYLES, (False, False))
    surface.show_race(paths, STYLES, (False, True))
    surface.show_race(paths, STYLES[::-1], (False, True))
    surface.show_race(paths + 0.1, STYLES[::-1], (False, True))
    assert len(drawn) == 4


@pytest.mark.parametrize("far", [1e300, -1e300, np.nan, np.inf, 50.0])
def test_a_racer_far_away_is_an_arrow(surface: SurfaceCanvas, far: float) -> None:
    paths = np.array([[[0.0, 0.0, 0.0], [far, far, far]], [[0.5, 0.5, 0.0], [0.6, 0.5, 0.0]]])
    surface.show_race(paths, STYLES, (True, False))
    surface.show_walkers(Walkers(paths, STYLES, np.ones(2), np.ones(2), (False, True)))
    assert not picture(surface).isNull()


@pytest.mark.parametrize("scale", ["linear", "log", "share"])
@pytest.mark.parametrize(
    "losses",
    [[], [0.5], [0.0, 0.0], [np.nan], [0.5, np.nan, 0.3, 0.0], [1e300, np.inf, 1.0], [-1.0, 2.0]],
)
def test_any_losses_are_drawn(curves: CurveCanvas, losses: list[float], scale: Scale) -> None:
    values = np.array(losses)
    curves.show_curves(pair(values, values[::-1].copy()), scale)
    assert not picture(curves).isNull()


def test_long_runs_are_short_lines(curves: CurveCanvas, rng: np.random.Generator) -> None:
    losses = rng.random(200_000)
    curves.show_curves(pair(losses, losses))
    curves.grab()
    columns = int(curves.area.width())
    line = curves.drawn[0].line(0.0, 200_000.0, columns)
    assert len(line) <= 2 * columns + 4
    assert line[:, 1].max() == losses.max()


def test_keys_zoom_and_move_what_is_seen_and_the_probe_alone_stays(
    boundary: BoundaryCanvas,
) -> None:
    boundary.show_probe((1.0, 1.0))
    told: list[object] = []
    boundary.probe_moved.connect(lambda x, y: told.append((x, y)))
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(4):
        QTest.keyClick(boundary, Qt.Key.Key_Plus)
    (x0, x1), y = boundary.view.ranges
    assert x1 - x0 < 4.0
    QTest.keyClick(boundary, Qt.Key.Key_Right, control)
    assert boundary.view.ranges[0] == pytest.approx((x0 + 0.1 * (x1 - x0), x1 + 0.1 * (x1 - x0)))
    assert boundary.view.ranges[1] == y
    QTest.keyClick(boundary, Qt.Key.Key_Minus)
    assert boundary.view.ranges[0][1] - boundary.view.ranges[0][0] > x1 - x0
    QTest.keyClick(boundary, Qt.Key.Key_Home)
    assert boundary.view.ranges == ((-6.0, 6.0), (-6.0, 6.0))
    assert told == []


def test_who_has_zoomed_in_stays_there(curves: CurveCanvas) -> None:
    losses = np.linspace(1.0, 0.1, 501)
    curves.show_curves(pair(losses[:101], losses[:101]))
    curves.view.show((20.0, 40.0))
    curves.show_curves(pair(losses, losses))
    assert curves.view.ranges[0] == pytest.approx([20.0, 40.0])
    curves.show_all()
    assert curves.view.ranges[0] == pytest.approx([0.0, 501.0], abs=20.0)


def test_pointing_at_curves_reads_them_out(curves: CurveCanvas, qtbot: QtBot) -> None:
    losses = np.linspace(1.0, 0.0, 11)
    curves.show_curves(pair(losses, losses))
    curves.grab()
    resting = picture(curves)
    QTest.mouseMove(curves.viewport(), pixel_of(curves, 5.0, 0.5))
    assert picture(curves) != resting


@pytest.mark.parametrize("values", [[0.5, 0.2, 3.0], [0.5, -2.0, 0.0], [np.nan, 1.0, np.inf], []])
def test_the_ends_of_a_curve_are_those_of_its_finite_numbers(values: list[float]) -> None:
    drawn = Drawn(Curve("", np.array(values), LIGHT.accent))
    for positive in (False, True):
        good = [each for each in values if np.isfinite(each) and (each > 0 or not positive)]
        ends = min(good, default=np.inf), max(good, default=-np.inf)
        assert drawn.ends(positive=positive) == ends


def test_lines_break_where_there_is_no_number() -> None:
    line = np.array([[0, 1.0], [1, np.nan], [2, 3.0], [3, 4.0]])
    assert [len(part) for part in unbroken(line)] == [1, 2]


def test_names_of_lines_do_not_meet() -> None:
    first, second = spread([99.0, 100.0], 14.0, 0.0, 100.0)
    assert second - first == pytest.approx(14.0)
    assert second <= 100.0


def test_names_move_no_further_than_they_must() -> None:
    assert spread([50.0, 10.0, 52.0], 14.0, 0.0, 100.0) == pytest.approx([44.0, 10.0, 58.0])


def test_planes_close_and_open_again(boundary: BoundaryCanvas) -> None:
    boundary.close()
    boundary.show()
    assert not picture(boundary).isNull()


def test_the_legend_shows_scale_or_classes(qtbot: QtBot) -> None:
    legend = ColorBar(LIGHT)
    shown(qtbot, legend)
    scale = picture(legend)
    legend.show_classes(("setosa", "versicolor", "virginica"))
    assert picture(legend) != scale
    assert "versicolor" in legend.toolTip()
    legend.show_scale(LIGHT.stops, ("−1", "0", "1"))
    assert picture(legend) == scale


def test_a_network_beyond_the_picture_is_an_arrow_at_its_edge(surface: SurfaceCanvas) -> None:
    paths = np.array([[[0.0, 0.0, 0.0], [0.1, 0.0, 0.0]], [[0.0, 0.0, 0.0], [90.0, 5.0, 0.0]]])
    off = np.zeros(2)
    surface.show_walkers(Walkers(paths[:1], STYLES[:1], off[:1], off[:1], (False,)))
    alone = picture(surface)
    surface.show_walkers(Walkers(paths, STYLES, off, off, (False, False)))
    assert picture(surface) != alone
