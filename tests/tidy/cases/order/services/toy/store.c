#include "services/toy/store.h"
#include "services/toy/record/rows.h"
#include "common/store/store.h"
