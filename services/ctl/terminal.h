/* terminal.h: what a person sees while something lasts. On a terminal one line is rewritten; elsewhere a line is
 * written every five seconds, so that a journal stays short. Standard error is used, so results can be piped. */
#ifndef SERVICES_CTL_TERMINAL_H
#define SERVICES_CTL_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/attr.h"

/* Call it as often as you like. */
void progress(const char *format, ...) ATTR_FORMAT(1, 2);
/* The rewritten line goes away, if there is one. */
void progress_end(void);

/* `text` in a column of `width` characters (not bytes); a negative width aligns to the right. */
void print_cell(const char *text, int width);
/* 1234567 -> "1 234 567", with narrow no-break spaces. */
enum { NUMBER_TEXT_SIZE = 48 };
const char *number_text(uint64_t number, char ret_text[NUMBER_TEXT_SIZE]);
/* The canonical text of an amount in French: "1784000.50" -> "1 784 000,50". */
const char *amount_text(const char *canonical, char ret_text[NUMBER_TEXT_SIZE]);
/* Milliseconds -> "45 s", "12 min 5 s", "3 h 4 min", "2 j 3 h". */
const char *duration_text(int64_t ms, char ret_text[NUMBER_TEXT_SIZE]);

#endif
