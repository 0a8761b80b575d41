/* one_of_many.h: included by the build before each test_*.c: its main() is called by the program's (program.h). */
#ifndef TESTS_LIB_ONE_OF_MANY_H
#define TESTS_LIB_ONE_OF_MANY_H

int TEST_MAIN(void);
#define main TEST_MAIN

#endif
