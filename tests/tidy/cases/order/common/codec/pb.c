#include "common/codec/pb.h"
#include "common/base/err.h"
#include "common/store/store.h"
