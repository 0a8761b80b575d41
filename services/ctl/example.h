/* example.h: command lines of the pages of docs/, made by the build (scripts/examples.awk): tests type each into the
 * demo region as it stands, so what is shown works. */
#ifndef SERVICES_CTL_EXAMPLE_H
#define SERVICES_CTL_EXAMPLE_H

#include <stddef.h>

struct example {
        const char *method; /* "contracts.PutClause" */
        const char *command;
};
extern const struct example method_examples[];
extern const size_t method_examples_count;

#endif
