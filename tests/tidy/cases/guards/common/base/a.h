#ifndef COMMON_BASE_A_H
#define COMMON_BASE_A_H
#endif
