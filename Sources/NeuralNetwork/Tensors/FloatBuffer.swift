// Memory for kernels: aligned, zero at first, with padding behind it that a kernel may read.

import Kernels

/// A list of numbers at a fixed address.
typealias FloatBuffer = AlignedBuffer<Float>

/// Offsets for kernels, at a fixed address.
typealias OffsetTable = AlignedBuffer<Int>
