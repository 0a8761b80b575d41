/* b.h */
#ifndef BASE_B_H
#define BASE_B_H
#endif
