// The one set of kernels that this process uses: the widest that the processor has, or what INKLING_KERNELS says.

import CProcessor
@_exported public import KernelArguments
import KernelsBaseline

#if arch(x86_64)
import KernelsV3
import KernelsV4
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The kernels of this process.
public let kernels: any KernelSet.Type = levels.first { $0.name == forcedLevel } ?? levels[0]

/// The levels that this processor can run, the widest first.
public let levels: [any KernelSet.Type] = {
  #if arch(x86_64)
  let processor = inkling_processor_level()
  if processor >= 4 {
    return [
      KernelsV4.InstructionSet.self, KernelsV3.InstructionSet.self, KernelsBaseline.InstructionSet.self,
    ]
  }
  if processor >= 3 { return [KernelsV3.InstructionSet.self, KernelsBaseline.InstructionSet.self] }
  #endif
  return [KernelsBaseline.InstructionSet.self]
}()

// What the environment asks for: `INKLING_KERNELS=v4`, `v3` or `baseline`, for tests and comparisons. A level
// that the processor lacks is passed over.
private let forcedLevel = getenv("INKLING_KERNELS").map { String(cString: $0) }

extension KernelsBaseline.InstructionSet: KernelSet {}
#if arch(x86_64)
extension KernelsV3.InstructionSet: KernelSet {}
extension KernelsV4.InstructionSet: KernelSet {}
#endif
