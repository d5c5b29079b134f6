// What this processor can do, asked once at run time. __builtin_cpu_supports has no counterpart in Swift.
#ifndef INKLING_PROCESSOR_H
#define INKLING_PROCESSOR_H

// 4: AVX-512 (x86-64-v4), 3: AVX2 and FMA (x86-64-v3), 0: neither, or another kind of processor.
static inline int inkling_processor_level(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return 4;
  if (__builtin_cpu_supports("x86-64-v3")) return 3;
#endif
  return 0;
}

#endif
