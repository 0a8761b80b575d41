#include "common/base/err.h"
#include "common/codec/pb.h"
