// Fontconfig for Swift.
#ifndef INKLING_CFONTCONFIG_SHIM_H
#define INKLING_CFONTCONFIG_SHIM_H

#include <fontconfig/fontconfig.h>

#endif
