"""The wheel as its users see it: arrays and images in, the C library's bytes out."""

import _thread
import ctypes
import io
import os
import pathlib
import pickle
import re
import subprocess
import sys
import threading
import time

import adain
import numpy
import pytest
import pyvips
from c_interface import Pixels
from PIL import Image, ImageCms

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGES = ROOT / "examples" / "images"
PAINTING = IMAGES / "van-gogh-auvers.jpg"


@pytest.fixture(scope="session")
def photograph():
    return Image.open(IMAGES / "chelsea.jpg").resize((120, 80))


@pytest.fixture(scope="session")
def style():
    return adain.Style.of(PAINTING, size=128)


def in_c(array, name):
    """What the library of the build makes, called without the module."""
    library = ctypes.CDLL(os.environ["ADAIN_BUILD"] + "/lib/libadain.so.1")
    model, style = ctypes.c_void_p(), ctypes.c_void_p()
    assert library.adain_model_embedded(ctypes.byref(model)) == 0
    assert library.adain_style_named(name.encode(), ctypes.byref(style)) == 0
    result = numpy.empty_like(array)
    views = [Pixels(a.ctypes.data, 0, a.shape[1], a.shape[0], 0, a.shape[2]) for a in (array, result)]
    assert library.adain_stylise(model, ctypes.byref(views[0]), style, None, ctypes.byref(views[1])) == 0
    library.adain_style_unref(style)
    library.adain_model_unref(model)
    return result


def test_bytes_are_the_c_librarys(photograph):
    array = numpy.array(photograph)
    expected = in_c(array, "great-wave")
    assert (adain.stylise(array, "great-wave") == expected).all()
    assert (numpy.asarray(adain.stylise(photograph, "great-wave")) == expected).all()
    assert (adain.stylise(pyvips.Image.new_from_array(array), "great-wave").numpy() == expected).all()


def test_the_readmes_lines_run(tmp_path):
    readme = (ROOT / "packaging" / "python" / "README.md").read_text()
    code = "\n".join(re.findall(r"```python\n(.*?)```", readme, re.S))
    Image.open(IMAGES / "chelsea.jpg").resize((90, 60)).save(tmp_path / "photograph.jpg")
    Image.open(PAINTING).resize((90, 60)).save(tmp_path / "painting.jpg")
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert Image.open(tmp_path / "result.jpg").size == (90, 60)
    assert (tmp_path / "painting.style").stat().st_size == 4128


@pytest.mark.parametrize("kind", ["uint8", "uint16", "float32", "float64", ">u2"])
@pytest.mark.parametrize("channels", [None, 1, 3, 4])
def test_arrays_keep_their_kind(photograph, style, kind, channels):
    samples = numpy.array(photograph.convert("RGBA"))[..., : channels or 1]
    if channels is None:
        samples = samples[..., 0]
    scale = {"uint8": 1, "uint16": 257, ">u2": 257}.get(kind, 1 / 255)
    array = (samples * float(scale)).astype(kind)
    before = array.copy()
    result = adain.stylise(array, style)
    assert result.dtype == array.dtype and result.shape == array.shape
    assert (array == before).all()
    if channels == 4:
        assert (result[..., 3] == array[..., 3]).all()
    # The same picture, whatever it is kept as.
    eighths = adain.stylise(samples, style).astype(float)
    assert abs(result / scale - eighths).max() <= 1.01


def test_arrays_may_lie_as_they_like(photograph, style):
    array = numpy.array(photograph)
    expected = adain.stylise(array, style)
    wide = numpy.zeros((80, 200, 3), "uint8")
    wide[:, 30:150] = array
    for same in (array[::-1][::-1], numpy.asfortranarray(array), wide[:, 30:150], array[:, :, ::-1].copy()[:, :, ::-1]):
        assert (adain.stylise(same, style) == expected).all()
    assert (adain.stylise(array[::-1], style) != expected).any()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "F"])
def test_images_of_every_mode(photograph, style, mode):
    if mode == "I;16":
        image = Image.fromarray(numpy.array(photograph.convert("L")).astype("uint16") * 257)
    else:
        image = photograph.convert("L").convert("LA") if mode == "LA" else photograph.convert(mode)
    result = adain.stylise(image, style)
    assert result.size == image.size
    assert result.mode == {"1": "L", "F": "L", "LA": "RGBA", "P": "RGB", "CMYK": "RGB", "YCbCr": "RGB"}.get(mode, mode)


def test_what_an_image_carries_is_kept(photograph, style):
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a cat"
    photograph.save(file, "jpeg", exif=exif.tobytes(), dpi=(300, 300))
    result = adain.stylise(Image.open(file), style)
    assert result.getexif()[0x010E] == "a cat" and result.info["dpi"] == (300, 300)


def test_a_profile_is_followed(photograph, style):
    """The same colours in another profile give nearly the same result, in sRGB."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    tagged = photograph.copy()
    tagged.info["icc_profile"] = lab.tobytes()
    result = adain.stylise(tagged, style)
    assert "icc_profile" not in result.info
    plain = numpy.asarray(adain.stylise(photograph, style)).astype(int)
    assert abs(numpy.asarray(result).astype(int) - plain).mean() < 2


def test_styles(photograph, style, tmp_path):
    assert [named.name for named in adain.styles()].count("great-wave") == 1
    assert adain.Style.from_bytes(bytes(style)) == style and len({style, pickle.loads(pickle.dumps(style))}) == 1
    style.save(tmp_path / "caf\udce9.style")
    assert adain.Style.load(tmp_path / "caf\udce9.style") == style
    lion = adain.Style.named("lion")
    assert adain.Style.mix([style, lion], weights=[1, 0]) == style != lion
    by_path = adain.stylise(photograph, PAINTING, style_size=128)
    assert by_path == adain.stylise(photograph, style) == adain.stylise(photograph, str(PAINTING), style_size=128)
    mixed = adain.stylise(photograph, [style, lion], weights=[1, 3])
    assert mixed == adain.stylise(photograph, adain.Style.mix([style, lion], [1, 3]))


def test_a_painting_is_seen_upright(style, tmp_path):
    painting = Image.open(PAINTING)
    exif = Image.Exif()
    exif[0x0112] = 6
    painting.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.png", exif=exif.tobytes())
    assert adain.Style.of(tmp_path / "turned.png", size=128) == style


@pytest.mark.parametrize("stroke", [1, 2])
def test_masks(photograph, style, stroke):
    mask = numpy.zeros((2, 2), "float32")
    mask[:, 0] = 1
    other = adain.Style.named("great-wave")
    rgba = photograph.copy()
    rgba.putalpha(77)
    result = adain.stylise(rgba, [style, other], masks=[mask], stroke=stroke)
    assert (numpy.asarray(result)[..., 3] == 77).all()
    both = adain.stylise(rgba, [style, other], masks=[mask, 1 - mask], stroke=stroke)
    assert abs(numpy.asarray(both).astype(int) - numpy.asarray(result)).max() <= 1
    whole = adain.stylise(rgba, [style, other], masks=[mask * 0 + 1], stroke=stroke)
    plain = adain.stylise(rgba, style, stroke=stroke)
    assert abs(numpy.asarray(whole).astype(int) - numpy.asarray(plain)).max() <= 1
    assert adain.stylise(rgba, [style, other], masks=[mask], stroke=stroke, statistics="whole") != result


@pytest.mark.parametrize("colour", ["content-coral", "content-lightness", "histogram"])
def test_colours(photograph, colour):
    plain = numpy.asarray(adain.stylise(photograph, PAINTING)).astype(float)
    result = numpy.asarray(adain.stylise(photograph, PAINTING, colour=colour)).astype(float)
    content = numpy.asarray(photograph).astype(float)

    def off(image):
        """Of the colours alone: lightness is the style's in one of these."""
        apart = image.mean((0, 1)) - content.mean((0, 1))
        return abs(apart - apart.mean()).sum()

    assert off(result) < off(plain)


def test_options_do_what_they_say(photograph, style):
    assert adain.stylise(photograph, style, strength=0.5) != adain.stylise(photograph, style)
    assert adain.stylise(photograph, style, threads=1) == adain.stylise(photograph, style, feature_memory=1)
    broad = adain.stylise(photograph, style, stroke=3)
    assert broad == adain.stylise(photograph, style, stroke=3, detail=0.7)
    assert broad != adain.stylise(photograph, style, stroke=3, detail=0)


@pytest.mark.parametrize(
    "arguments, kind, words",
    [
        (dict(strength=2.0), adain.ArgumentError, "strength is 2.0"),
        (dict(strength=float("nan")), ValueError, "strength"),
        (dict(threads=-1), adain.ArgumentError, "threads"),
        (dict(stroke=100), adain.ArgumentError, "stroke is 100"),
        (dict(colour="red"), adain.ArgumentError, "colour: 'red' is none of style"),
        (dict(statistics="x"), adain.ArgumentError, "statistics: 'x'"),
        (dict(model="/nonexistent"), adain.FileError, "/nonexistent: cannot be opened"),
        (dict(model=b"no weights"), adain.FormatError, "weights: "),
        (dict(style="nobody"), adain.ArgumentError, "nobody"),
        (dict(style="/no/painting.jpg"), FileNotFoundError.__mro__[1], "/no/painting.jpg"),
        (dict(style=__file__), adain.FileError, "test_wheel.py"),
        (dict(style=[]), adain.ArgumentError, "no style"),
        (dict(style=3), TypeError, "painting: int is neither"),
        (dict(picture=[[1]]), TypeError, "picture: list is neither"),
        (dict(picture=numpy.zeros((0, 5, 3), "uint8")), adain.ArgumentError, "has no pixel"),
        (dict(picture=numpy.zeros((5, 5, 2), "uint8")), adain.ArgumentError, "shape (5, 5, 2)"),
        (dict(picture=numpy.zeros((5,), "uint8")), adain.ArgumentError, "shape (5,)"),
        (dict(picture=numpy.zeros((5, 5, 3), "int32")), adain.ArgumentError, "samples of int32"),
        (dict(picture=numpy.full((5, 5, 3), numpy.nan, "float32")), adain.ArgumentError, "not a finite"),
        (dict(masks=[numpy.zeros((2, 2, 3), "uint8")] * 2), adain.ArgumentError, "masks[0]: has 3 channels"),
        (dict(masks=[numpy.zeros((2, 2), "uint8")] * 5), adain.ArgumentError, "mask"),
        (dict(weights=[1, 2, 3], style=["lion", "lion"]), adain.ArgumentError, "weights: 3 for 2"),
        (dict(colour="histogram", style="lion"), adain.ArgumentError, "colour: needs the painting's pixels"),
    ],
)
def test_errors_are_exceptions(photograph, style, arguments, kind, words):
    arguments = {"picture": photograph, "style": style, **arguments}
    with pytest.raises(kind, match=re.escape(words)):
        adain.stylise(**arguments)
    adain.stylise(photograph, style)


def test_progress_is_told_and_what_it_raises_ends_the_call(photograph, style):
    shares = []
    adain.stylise(photograph, style, progress=shares.append)
    assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] == 1
    composed = []
    mask = numpy.ones((2, 2), "float32")
    adain.stylise(photograph, [style, style], masks=[mask], stroke=2, progress=composed.append)
    assert composed == sorted(composed) and composed[-1] == 1

    class Enough(Exception):
        pass

    def stop(share):
        shares.append(share)
        raise Enough

    shares.clear()
    with pytest.raises(Enough):
        adain.stylise(photograph, style, progress=stop)
    assert shares and shares[-1] < 1


def test_an_interrupt_ends_the_call(style):
    large = numpy.zeros((1500, 1500, 3), "uint8")
    shares = []

    def interrupt(share):
        shares.append(share)
        if len(shares) == 1:
            _thread.interrupt_main()

    with pytest.raises(KeyboardInterrupt):
        adain.stylise(large, style, progress=interrupt)
    assert shares[-1] < 1
    adain.stylise(large[:20, :20], style)


def test_eight_threads_at_once_and_python_goes_on(photograph, style):
    expected = adain.stylise(photograph, style)
    results, ticks, done = [], [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    workers = [threading.Thread(target=lambda: results.append(adain.stylise(photograph, style))) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    done.set()
    ticker.join()
    assert len(results) == 8 and all(result == expected for result in results)
    assert len(ticks) > 5


def test_a_forked_process_goes_on(photograph, style):
    expected = adain.stylise(photograph, style).tobytes()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        same = adain.stylise(photograph, style).tobytes() == expected
        os.write(write, b"same" if same else b"other")
        os._exit(0)
    os.close(write)
    assert os.read(read, 9) == b"same" and os.waitpid(child, 0)[1] == 0


def test_models(photograph, style):
    model = adain.Model()
    assert model.architecture == "vgg16"
    assert adain.stylise(photograph, style, model=model) == adain.stylise(photograph, style)
    assert adain.stylise(photograph, style, model="standard") == adain.stylise(photograph, style)


def test_the_fast_model(photograph):
    fast = adain.stylise(photograph, "lion", model="fast")
    assert fast == adain.stylise(photograph, adain.Style.named("lion", "fast"), model=adain.Model("fast"))
    assert fast != adain.stylise(photograph, "lion")
    with pytest.raises(adain.MismatchError, match="made with the model 'standard'"):
        adain.stylise(photograph, adain.Style.named("lion"), model="fast")
    with pytest.raises(adain.ArgumentError, match="only standard and fast"):
        adain.Model("fsat")
    with pytest.raises(adain.FileError, match="fast: cannot be opened"):
        adain.Model(pathlib.Path("fast"))


def test_everything_public_is_described_and_typed():
    import inspect

    for name in adain.__all__:
        thing = getattr(adain, name)
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            assert thing.__annotations__.get("return"), name
    assert (pathlib.Path(adain.__file__).parent / "py.typed").exists()
