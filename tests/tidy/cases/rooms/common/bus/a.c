#include <zmq.h>
#include <lmdb.h>
