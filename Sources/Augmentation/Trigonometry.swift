// The trigonometric functions of the C library.

import CLibrary

/// The sine of an angle.
func sine(_ angle: Float) -> Float { sinf(angle) }

/// The cosine of an angle.
func cosine(_ angle: Float) -> Float { cosf(angle) }

/// The tangent of an angle.
func tangent(_ angle: Float) -> Float { tanf(angle) }

/// The point of the unit circle at an angle: its cosine and its sine.
func unitVector(_ angle: Float) -> SIMD2<Float> { SIMD2(cosine(angle), sine(angle)) }
