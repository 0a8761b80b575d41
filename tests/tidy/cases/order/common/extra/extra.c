#include "common/extra/extra.h"
