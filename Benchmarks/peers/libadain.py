"""libadain.so through ctypes, for the benchmarks."""

import ctypes

import numpy

FORMATS = {"uint8": 0, "uint16": 1, "float32": 2}


class Pixels(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p),
        ("stride", ctypes.c_size_t),
        ("width", ctypes.c_uint32),
        ("height", ctypes.c_uint32),
        ("format", ctypes.c_int),
        ("channels", ctypes.c_uint32),
    ]


class Options(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("strength", ctypes.c_float),
        ("threads", ctypes.c_int32),
        ("progress", ctypes.c_void_p),
        ("progress_data", ctypes.c_void_p),
    ]


class Library:
    def __init__(self, path):
        self.library = ctypes.CDLL(str(path))
        self.library.adain_last_error.restype = ctypes.c_char_p
        self.library.adain_kernel.restype = ctypes.c_char_p
        self.library.adain_version.restype = ctypes.c_char_p
        self.model = ctypes.c_void_p()
        self._check(self.library.adain_model_embedded(ctypes.byref(self.model)))

    @property
    def description(self):
        version, kernel = self.library.adain_version(), self.library.adain_kernel()
        return f"adain {version.decode()} ({kernel.decode()})"

    def _check(self, status):
        if status:
            raise RuntimeError(self.library.adain_last_error().decode())

    @staticmethod
    def _pixels(array):
        height, width, channels = array.shape
        return Pixels(array.ctypes.data, 0, width, height, FORMATS[str(array.dtype)], channels)

    def style(self, painting):
        style = ctypes.c_void_p()
        self._check(
            self.library.adain_style_from_pixels(
                self.model, ctypes.byref(self._pixels(painting)), None, ctypes.byref(style)
            )
        )
        return style

    def statistics(self, style):
        """(means, deviations) out of the style file's bytes."""
        buffer, size = ctypes.create_string_buffer(1 << 16), ctypes.c_size_t()
        self._check(
            self.library.adain_style_save_memory(style, buffer, len(buffer), ctypes.byref(size))
        )
        numbers = numpy.frombuffer(buffer.raw[24 : size.value - 8], "<f4")
        return numpy.split(numbers, 2)

    def stylise(self, content, style, threads, strength=1.0):
        result = numpy.empty_like(content)
        options = Options(ctypes.sizeof(Options), strength, threads, None, None)
        self._check(
            self.library.adain_stylise(
                self.model,
                ctypes.byref(self._pixels(content)),
                style,
                ctypes.byref(options),
                ctypes.byref(self._pixels(result)),
            )
        )
        return result
