"""libadain.so through ctypes: the C interface as a program would call it, with Python alone."""

import ctypes

FORMAT_F32 = 2


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
        ("feature_memory", ctypes.c_size_t),
        ("stroke", ctypes.c_float),
    ]


class Library:
    def __init__(self, path):
        self.library = ctypes.CDLL(str(path))
        for name in ("adain_last_error", "adain_kernel", "adain_version"):
            getattr(self.library, name).restype = ctypes.c_char_p

    @property
    def version(self):
        return self.library.adain_version().decode()

    @property
    def kernel(self):
        return self.library.adain_kernel().decode()

    @property
    def default_threads(self):
        return self.library.adain_default_threads()

    def _check(self, status):
        if status:
            raise RuntimeError(self.library.adain_last_error().decode())

    def model(self, name_or_path):
        """A model inside the library, made at the process's first call, or a file's."""
        model = ctypes.c_void_p()
        self._check(self.library.adain_model_open(str(name_or_path).encode(), ctypes.byref(model)))
        return model

    def style(self, model, painting):
        style = ctypes.c_void_p()
        self._check(
            self.library.adain_style_from_pixels(
                model, ctypes.byref(painting.pixels), None, ctypes.byref(style)
            )
        )
        return style

    def style_bytes(self, style):
        buffer, size = ctypes.create_string_buffer(1 << 16), ctypes.c_size_t()
        self._check(
            self.library.adain_style_save_memory(style, buffer, len(buffer), ctypes.byref(size))
        )
        return buffer.raw[: size.value]

    def stylise(self, model, content, style, result, threads=0):
        """By the network alone, at every size, as others compute it."""
        options = Options(ctypes.sizeof(Options), 1.0, threads, None, None, 0, 1)
        self._check(
            self.library.adain_stylise(
                model,
                ctypes.byref(content.pixels),
                style,
                ctypes.byref(options),
                ctypes.byref(result.pixels),
            )
        )


class Picture:
    """`height` rows of `width` RGB pixels of floats, from raw bytes or blank."""

    def __init__(self, width, height, data=None):
        size = width * height * 12
        if data is not None and len(data) != size:
            raise ValueError(f"{len(data)} bytes are not {width} x {height} pixels of floats")
        self.buffer = (
            ctypes.create_string_buffer(data, size) if data else ctypes.create_string_buffer(size)
        )
        self.pixels = Pixels(ctypes.addressof(self.buffer), 0, width, height, FORMAT_F32, 3)

    @property
    def bytes(self):
        return self.buffer.raw
