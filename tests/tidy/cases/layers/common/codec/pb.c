#include "common/codec/pb.h"
#include "common/base/err.h"
#include "services/contracts/contract.h"
#include "contracts/events.pb-c.h"
