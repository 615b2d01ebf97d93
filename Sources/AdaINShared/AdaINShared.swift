// libadain.so is the C interface alone. What is particular to the file, its soname and what it shows, is
// among this target's linker settings in Package.swift.
@_exported import AdaINC
