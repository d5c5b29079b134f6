// The set of kernels that this process uses: that of the widest instruction set of the processor, or the one that
// INKLING_KERNELS names.

import CLibrary
import CProcessor
@_exported public import KernelArguments
import KernelsBaseline

#if arch(x86_64)
import KernelsV3
import KernelsV4
#endif

/// The kernels of this process.
public let kernels: any KernelSet.Type = kernelSets.first { $0.name == requestedName } ?? kernelSets[0]

/// The sets of kernels that this processor can run, the widest first.
public let kernelSets: [any KernelSet.Type] = {
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

// What the environment names, for tests and comparisons: `INKLING_KERNELS=v4`, `v3` or `baseline`. A set that the
// processor cannot run is ignored.
private let requestedName = getenv("INKLING_KERNELS").map { String(cString: $0) }

extension KernelsBaseline.InstructionSet: KernelSet {}
#if arch(x86_64)
extension KernelsV3.InstructionSet: KernelSet {}
extension KernelsV4.InstructionSet: KernelSet {}
#endif
