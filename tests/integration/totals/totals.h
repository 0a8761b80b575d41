/* totals.h: figures that stand beside lines, by daemon: what each is the sum of, or why it is none. A new figure has
 * its row in the file of its daemon; test_totals.c fails while it has none. */
#ifndef TESTS_INTEGRATION_TOTALS_TOTALS_H
#define TESTS_INTEGRATION_TOTALS_TOTALS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

struct figure {
        const char *message, *field;
        void (*check)(const void *message); /* compares it with its lines */
        const char *why;                    /* it is not the sum of any lines */
        size_t counted;                     /* how often there was something to add up */
};

struct figures {
        struct figure *figures;
        size_t count;
};

#define NO_SUM(MESSAGE, FIELD, WHY)                                                                                    \
        {                                                                                                              \
                MESSAGE, FIELD, NULL, WHY, 0                                                                           \
        }
#define OF_ALL     "of all that are reckoned with; the lines tell them in another measure"
#define OF_THING   "a property of the thing itself"
#define OF_LINES   "compared with the row above"
#define IN_THE_LOG "a position of the log"

struct figures figures_of_contracts(void);
struct figures figures_of_tracking(void);
struct figures figures_of_reporting(void);
struct figures figures_of_all(void); /* of messages that several daemons answer */

/* For the checks: what is asked, and the figure that is checked. */
struct asking {
        const char *what; /* for what fails */
        size_t *counted;
        int64_t of_pages_before; /* of this list */
        const void *request;
};
extern struct asking asking;

void same(const char *what, int64_t total, int64_t sum);

#endif
