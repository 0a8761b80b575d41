/* link_page.h: somebody who holds a link instead of an account: opens its page, reads the number that it spells, sends
 * its forms as a browser does. */
#ifndef TESTS_LIB_LINK_PAGE_H
#define TESTS_LIB_LINK_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/lib/visitor.h"

#define LINK_FORM    "Content-Type: application/x-www-form-urlencoded\r\n"
#define LINK_BROWSER LINK_FORM "Origin: null\r\nSec-Fetch-Site: same-origin\r\n"

enum { LINK_PATH_SIZE = 80, LINK_NUMBER_SIZE = 8 };

struct visited link_page_get(uint16_t port, const char *path);
struct visited link_page_post(uint16_t port, const char *path, const char *body);
bool link_page_shows(uint16_t port, const char *path, const char *text);
void link_page_wait(uint16_t port, const char *path, const char *text); /* what another daemon tells comes by and by */
/* The figures of what the form of `act` ("faire", "pas-moi") spells; they stand nowhere in the page. */
void link_page_number(uint16_t port, const char *path, const char *act, char ret[LINK_NUMBER_SIZE]);
/* What the page holds behind this mark, up to the next quote. */
void link_page_take(uint16_t port, const char *path, const char *mark, char *ret, size_t size);
/* Sends the form of `act` with these fields ("hours=35&…", may be ""), as somebody does who has read the page. */
void link_page_act(uint16_t port, const char *path, const char *act, const char *fields, int status);

#endif
