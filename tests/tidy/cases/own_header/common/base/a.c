#include <stdio.h>
#include "common/base/a.h"
