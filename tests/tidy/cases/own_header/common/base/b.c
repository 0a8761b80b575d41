#include "common/base/b.h"
