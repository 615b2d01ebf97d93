"""The structs of adain.h in ctypes, for tests that call the library themselves: one place, held to the header by
Tests/Examples/test_bindings.py."""

import ctypes


class Pixels(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p), ("stride", ctypes.c_size_t), ("width", ctypes.c_uint32),
        ("height", ctypes.c_uint32), ("format", ctypes.c_int), ("channels", ctypes.c_uint32)]


class Options(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_size_t), ("strength", ctypes.c_float), ("threads", ctypes.c_int32),
        ("progress", ctypes.c_void_p), ("progress_data", ctypes.c_void_p),
        ("feature_memory", ctypes.c_size_t), ("stroke", ctypes.c_float), ("detail", ctypes.c_double)]
