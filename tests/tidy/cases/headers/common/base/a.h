#ifndef COMMON_BASE_A_H
#define COMMON_BASE_A_H
#include <stdint.h>
struct a { uint8_t b; };
#endif
