/* one_of_many.h: included by the build before each test_*.c: its main() is called by the program's (program.h). */
#pragma once

int TEST_MAIN(void);
#define main TEST_MAIN
