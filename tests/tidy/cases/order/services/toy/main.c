#include "services/toy/page/page.h"
#include "services/toy/rooms.h"
