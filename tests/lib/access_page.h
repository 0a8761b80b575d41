/* access_page.h: docs/ACCESS.md, read as anybody reads it: what a role may read and give, of which method. Ends the
 * process where the page is not there or says what cannot be. Names of fields are those of JSON. */
#ifndef TESTS_LIB_ACCESS_PAGE_H
#define TESTS_LIB_ACCESS_PAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

void access_page_read(void);
void access_page_end(void);

/* {"contracts.Needs": {"input", "output": names of messages, "roles": bits of types.Role}, …} */
const json_t *access_page_methods(void);

/* What it says of a message, field by field: {"title": {"readers", "givers": bits, "inside": a message's name}, …} */
const json_t *access_page_message(const char *name);

struct page_field {
        uint32_t readers, givers;
        const char *inside; /* NULL: a value */
};
struct page_field access_page_field(const json_t *field);

/* Fields of a message, those inside counted at each place. */
size_t access_page_cells(const char *message);

#endif
