#include "services/new/new.h"
