"""Pictures drawn by code: the demonstration needs no photograph of anybody."""

import random
from functools import cache
from io import BytesIO
from math import pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
SCALE = 2  # drawn larger, then reduced: smooth edges


@cache
def jpeg(name: str) -> bytes:
    """The picture `name` as a JPEG of WIDTH × HEIGHT pixels, the same bytes each time."""
    canvas = Canvas(name)
    PAINTERS[name](canvas)
    stream = BytesIO()
    canvas.finished().save(stream, "JPEG", quality=84, optimize=True)
    return stream.getvalue()


class Canvas:
    """A picture in the making; coordinates run from 0 to 1 in both directions."""

    def __init__(self, name: str):
        self.size = (WIDTH * SCALE, HEIGHT * SCALE)
        self.image = Image.new("RGB", self.size)
        self.chance = random.Random(name)  # noqa: S311 - chance in a drawing

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.size[0], y * self.size[1]

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image, "RGBA")

    def sky(self, top: str, bottom: str, until: float = 1.0) -> None:
        """Fills from the upper edge down to `until` with a gradient."""
        mask = Image.linear_gradient("L").resize((8, 256))
        shades = Image.composite(Image.new("RGB", mask.size, bottom), Image.new("RGB", mask.size, top), mask)
        self.image.paste(shades.resize((self.size[0], int(self.size[1] * until)), Image.Resampling.BILINEAR))

    def area(self, points, colour: str) -> None:
        self.pen.polygon([self.at(x, y) for x, y in points], fill=colour)

    def ridge(self, level: float, height: float, colour: str) -> None:
        """A line of hills whose foot reaches the lower edge."""
        waves = [
            (self.chance.uniform(0.6, 4), self.chance.uniform(0, 2 * pi), self.chance.uniform(0.3, 1)) for _ in "abcd"
        ]
        steps = [step / 160 for step in range(161)]
        tops = [
            level - height * sum(size * sin(rate * pi * x + shift) for rate, shift, size in waves) / 4 for x in steps
        ]
        self.area([(0, 1), *zip(steps, tops, strict=True), (1, 1)], colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        across, down = self.at(x, y)
        reach = radius * self.size[1]
        self.pen.ellipse((across - reach, down - reach, across + reach, down + reach), fill=colour)

    def glow(self, x: float, y: float, radius: float, colour: str) -> None:
        """A light that fades outwards."""
        reach = radius * HEIGHT / 4
        side = int(reach * 5)
        light = Image.new("RGB", (side, side))
        ImageDraw.Draw(light).ellipse((side / 2 - reach, side / 2 - reach, side / 2 + reach, side / 2 + reach), colour)
        light = light.filter(ImageFilter.GaussianBlur(reach * 0.7)).resize((side * 4 * SCALE, side * 4 * SCALE))
        left, top = (int(at) - light.width // 2 for at in self.at(x, y))
        under = self.image.crop((left, top, left + light.width, top + light.height))
        self.image.paste(ImageChops.screen(under, light), (left, top))

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def coast(canvas: Canvas) -> None:
    """A headland and a small boat before sunrise."""
    canvas.sky("#16324f", "#f4b183", 0.56)
    canvas.glow(0.68, 0.55, 0.20, "#ffcf9a")
    canvas.ridge(0.55, 0.05, "#6f7f93")
    canvas.ridge(0.575, 0.03, "#4a6078")
    canvas.area([(0, 0.6), (1, 0.6), (1, 1), (0, 1)], "#1f4e6b")
    for _ in range(260):
        y = 0.6 + 0.4 * canvas.chance.random() ** 1.6
        x, reach = canvas.chance.gauss(0.68, 0.22), 0.006 + (y - 0.6) * 0.12
        thickness = 0.0012 + (y - 0.6) * 0.008
        shade = canvas.chance.choice(["#f4b18366", "#ffd9b055", "#2c6485aa", "#173e57aa"])
        canvas.area([(x - reach, y), (x, y - thickness), (x + reach, y), (x, y + thickness)], shade)
    headland = [(0, 0.46), (0.1, 0.44), (0.2, 0.5), (0.27, 0.53), (0.34, 0.6), (0.41, 0.625), (0.2, 0.68), (0, 0.74)]
    canvas.area(headland, "#10243a")
    boat(canvas, 0.56, 0.71, 0.05, "#0d1b2a", "#e8c9a8")


def boat(canvas: Canvas, x: float, y: float, size: float, hull: str, cabin: str) -> None:
    canvas.area(
        [
            (x - size * 0.1, y - size * 0.75),
            (x + size * 0.35, y - size * 0.75),
            (x + size * 0.4, y),
            (x - size * 0.1, y),
        ],
        cabin,
    )
    canvas.area(
        [
            (x - size, y - size * 0.1),
            (x + size * 1.1, y - size * 0.35),
            (x + size * 0.8, y + size * 0.4),
            (x - size * 0.8, y + size * 0.4),
        ],
        hull,
    )


def night(canvas: Canvas) -> None:
    """Harbour lights on black water."""
    canvas.sky("#060b18", "#1c2b45", 0.52)
    for x, y, radius in ((0.2, 0.16, 0.2), (0.62, 0.1, 0.26)):
        canvas.glow(x, y, radius, "#0c1220")
    canvas.ridge(0.47, 0.06, "#0b1424")
    canvas.area([(0, 0.54), (1, 0.54), (1, 1), (0, 1)], "#050a14")
    colours = ["#ffd58a", "#ffb45e", "#fff1cf", "#ff8a5c", "#bfe3ff"]
    for index in range(34):
        x = 0.03 + index * 0.0285 + canvas.chance.uniform(-0.009, 0.009)
        y, colour = 0.53 - canvas.chance.random() ** 3 * 0.06, canvas.chance.choice(colours)
        reflection(canvas, x, colour)
        canvas.disc(x, y, canvas.chance.uniform(0.002, 0.005), colour)
    for x in (0.26, 0.7):
        canvas.glow(x, 0.525, 0.1, "#5a4422")


def reflection(canvas: Canvas, x: float, colour: str) -> None:
    """Broken strips of light below a lamp, fading with distance."""
    depth = canvas.chance.uniform(0.12, 0.4)
    for step in range(22):
        y, drift = 0.55 + depth * step / 22, canvas.chance.uniform(-0.003, 0.003)
        reach = canvas.chance.uniform(0.002, 0.007)
        fade = f"{int(150 * (1 - step / 22)):02x}"
        canvas.area(
            [(x + drift - reach, y), (x + drift, y - 0.003), (x + drift + reach, y), (x + drift, y + 0.003)],
            colour + fade,
        )


def city(canvas: Canvas) -> None:
    """Flat-roofed houses that climb a hill."""
    canvas.sky("#cfe0e6", "#f7e9d3")
    canvas.disc(0.8, 0.2, 0.07, "#fff6e0")
    canvas.ridge(0.42, 0.08, "#b9c4bd")
    walls = ["#d98f5c", "#e3b27c", "#c96f4a", "#efd2a4", "#b5563f", "#e8c08f", "#f3e3c4"]
    for row in range(9):
        level, scale = 0.40 + row * 0.068, 0.6 + row * 0.09
        x = -0.05
        while x < 1.02:
            width, height = canvas.chance.uniform(0.045, 0.085) * scale, canvas.chance.uniform(0.08, 0.15) * scale
            foot = level + 0.12 + 0.05 * sin(x * 3 + row * 0.4)
            house(canvas, x, foot, width, height, canvas.chance.choice(walls))
            x += width * canvas.chance.uniform(0.86, 1.02)


def house(canvas: Canvas, x: float, foot: float, width: float, height: float, wall: str) -> None:
    top = foot - height
    canvas.area([(x, top), (x + width, top), (x + width, 1), (x, 1)], wall)
    canvas.area([(x + width * 0.72, top), (x + width, top), (x + width, 1), (x + width * 0.72, 1)], "#00000018")
    canvas.area([(x, top), (x + width, top), (x + width, top + 0.006), (x, top + 0.006)], "#ffffff55")
    for across in (0.14, 0.42):
        for down in (0.22, 0.58):
            if canvas.chance.random() < 0.8:
                left, up = x + width * across, top + height * down
                light = canvas.chance.choice(["#5b3a2e", "#47342f", "#ffe3a3"])
                canvas.area(
                    [
                        (left, up),
                        (left + width * 0.15, up),
                        (left + width * 0.15, up + height * 0.18),
                        (left, up + height * 0.18),
                    ],
                    light,
                )


def cinema(canvas: Canvas) -> None:
    """A beam of light from the projector to the screen."""
    canvas.sky("#0d0a14", "#1d1320")
    canvas.area([(0.08, 0.2), (0.5, 0.13), (0.5, 0.6), (0.08, 0.58)], "#f6ead0")
    canvas.area(
        [(0.08, 0.43), (0.22, 0.36), (0.31, 0.42), (0.41, 0.34), (0.5, 0.4), (0.5, 0.6), (0.08, 0.58)], "#d9a05b"
    )
    canvas.area([(0.08, 0.51), (0.27, 0.47), (0.5, 0.52), (0.5, 0.6), (0.08, 0.58)], "#7c4a35")
    canvas.disc(0.36, 0.26, 0.045, "#e2703a")
    canvas.glow(0.29, 0.38, 0.34, "#3a2c1c")
    beam = Image.new("L", (WIDTH // 4, HEIGHT // 4))
    corners = [(1.0, 0.085), (0.5, 0.13), (0.08, 0.2), (0.08, 0.58), (0.5, 0.6), (1.0, 0.115)]
    ImageDraw.Draw(beam).polygon([(x * WIDTH / 4, y * HEIGHT / 4) for x, y in corners], fill=54)
    beam = beam.filter(ImageFilter.GaussianBlur(5)).resize(canvas.size)
    canvas.image = ImageChops.screen(
        canvas.image, Image.merge("RGB", (beam, beam, beam.point(lambda value: value * 0.7)))
    )
    for _ in range(120):
        canvas.disc(
            canvas.chance.uniform(0.45, 1),
            canvas.chance.uniform(0.1, 0.45),
            canvas.chance.uniform(0.0006, 0.0018),
            "#fff4d85c",
        )
    for row in range(5):
        audience(
            canvas,
            0.7 + row * 0.075,
            0.028 + row * 0.008,
            ("#191225", "#150f1f", "#110c19", "#0c0813", "#07050c")[row],
        )


def audience(canvas: Canvas, level: float, size: float, colour: str) -> None:
    x = -0.02 + canvas.chance.uniform(0, 0.04)
    while x < 1.05:
        y = level + canvas.chance.uniform(-0.012, 0.012)
        canvas.disc(x, y, size, colour)
        canvas.disc(x, y + size * 2.4, size * 1.7, colour)
        x += size * canvas.chance.uniform(1.7, 2.5)


def map_of_gates(canvas: Canvas) -> None:
    """Contour lines, a dotted route and sixteen marked points."""
    canvas.sky("#f3efe4", "#e4e9e2")
    for summit, (x, y) in enumerate([(0.2, 0.34), (0.7, 0.6), (0.88, 0.08), (0.36, 1.0)]):
        for ring in range(8 - summit % 2, 0, -1):
            contour(canvas, x, y, ring * 0.034, summit * 1.7)
    route = [(step / 150, way(step / 10)) for step in range(151)]
    for x, y in route:
        canvas.disc(0.03 + x * 0.94, y, 0.0035, "#0b5c7a88")
    for index, (x, y) in enumerate(route[::10]):
        accent = "#c8553d" if index % 5 == 2 else "#0b5c7a"
        canvas.disc(0.03 + x * 0.94, y, 0.021, "#ffffff")
        canvas.disc(0.03 + x * 0.94, y, 0.015, accent)


def way(stop: float) -> float:
    return 0.52 + 0.2 * sin(stop * 0.62 + 0.4) - 0.12 * sin(stop * 1.3)


def contour(canvas: Canvas, x: float, y: float, radius: float, shift: float) -> None:
    points = []
    for step in range(121):
        angle = step / 120 * 2 * pi
        reach = radius * (1 + 0.16 * sin(3 * angle + shift) + 0.07 * sin(5 * angle - shift + radius * 9))
        points.append(canvas.at(x + reach * 0.8 * sin(angle + pi / 2), y + reach * sin(angle)))
    canvas.pen.line(points, fill="#6b8f8470", width=2 * SCALE, joint="curve")


def tents(canvas: Canvas) -> None:
    """Tents on a slope at dusk, lit from inside."""
    canvas.sky("#2b2f56", "#e79a76", 0.62)
    canvas.disc(0.17, 0.16, 0.022, "#fff7e2")
    canvas.ridge(0.5, 0.13, "#5d4f72")
    canvas.ridge(0.6, 0.08, "#43395a")
    canvas.ridge(0.7, 0.04, "#2d2a44")
    places = [(0.1, 0.66, 0.07), (0.27, 0.67, 0.075), (0.46, 0.67, 0.08), (0.66, 0.66, 0.075), (0.85, 0.65, 0.07)]
    places += [(0.18, 0.8, 0.11), (0.42, 0.82, 0.12), (0.68, 0.82, 0.12), (0.92, 0.8, 0.11)]
    for x in (0.2, 0.52, 0.84):
        canvas.glow(x, 0.78, 0.2, "#33241a")
    for x, y, size in places:
        tent(canvas, x, y, size)
    canvas.ridge(0.93, 0.02, "#171626")


def tent(canvas: Canvas, x: float, y: float, size: float) -> None:
    top = (x, y - size * 1.1)
    canvas.area([top, (x - size * 0.95, y + size * 0.25), (x + size * 0.35, y + size * 0.25)], "#ffe2ad")
    canvas.area([top, (x + size * 0.35, y + size * 0.25), (x + size, y + size * 0.12)], "#d9a878")
    canvas.area([top, (x - size * 0.42, y + size * 0.25), (x - size * 0.12, y + size * 0.25)], "#8a4f2c")
    canvas.area(
        [
            (x - size * 0.95, y + size * 0.25),
            (x + size * 0.35, y + size * 0.25),
            (x + size, y + size * 0.12),
            (x + size, y + size * 0.17),
            (x + size * 0.35, y + size * 0.31),
            (x - size * 0.95, y + size * 0.31),
        ],
        "#1b1930",
    )


def boats(canvas: Canvas) -> None:
    """Three boats on a curved beach, from above."""
    canvas.sky("#0f6f86", "#3aa6a8")
    shore = [(step / 80, 0.46 + 0.16 * sin(step / 80 * 2.4 - 0.5)) for step in range(81)]
    for shift, colour in (
        (-0.075, "#59bdb6"),
        (-0.04, "#8fd3c8"),
        (-0.018, "#eef7ef"),
        (0, "#ecd9b0"),
        (0.09, "#e3c993"),
    ):
        canvas.area([(0, 1), *((x, y + shift + 0.008 * sin(x * 26 + shift * 90)) for x, y in shore), (1, 1)], colour)
    for _ in range(420):
        x, y = canvas.chance.random(), canvas.chance.uniform(0.62, 1)
        canvas.disc(x, y, canvas.chance.uniform(0.0008, 0.0026), canvas.chance.choice(["#b9985f66", "#fff3d666"]))
    for x, y, slant, hull, deck in (
        (0.24, 0.66, -0.05, "#d1462f", "#f7d9c0"),
        (0.5, 0.76, 0.03, "#1f5f8b", "#f1e7d0"),
        (0.77, 0.75, 0.07, "#e5a021", "#fff1cf"),
    ):
        from_above(canvas, x + 0.012, y + 0.016, slant, 1.0, "#00000030")
        from_above(canvas, x, y, slant, 1.0, hull)
        from_above(canvas, x, y, slant, 0.76, deck)
        from_above(canvas, x, y + 0.02, slant * 0.3, 0.26, hull)


def from_above(canvas: Canvas, x: float, y: float, slant: float, size: float, colour: str) -> None:
    outline = [
        (0, -0.17),
        (0.026, -0.1),
        (0.036, 0),
        (0.033, 0.09),
        (0.022, 0.13),
        (-0.022, 0.13),
        (-0.033, 0.09),
        (-0.036, 0),
        (-0.026, -0.1),
    ]
    canvas.area(
        [(x + across * size - slant * down * 6 * size * 0.62, y + down * size) for across, down in outline], colour
    )


PAINTERS = {
    "coast": coast,
    "night": night,
    "city": city,
    "cinema": cinema,
    "map": map_of_gates,
    "tents": tents,
    "boats": boats,
}
