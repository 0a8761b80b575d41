#include "services/toy/record/rows.h"
#include "services/toy/needs/needs.h"
