// The error of all readers is part of this module's interface, whichever target declares it.

@_exported public import struct Basics.FormatError
