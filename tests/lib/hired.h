/* hired.h: two partitions of tracking that know one obligation of one company, and people who are referred, eligible
 * and hired by it, as guichetctl is typed for them: what tests of what comes after the hiring begin with. What cannot
 * be done ends the test. */
#ifndef TESTS_LIB_HIRED_H
#define TESTS_LIB_HIRED_H

#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"

#define HIRED_PRESCRIBER "0192f0c1-7a3b-7000-8f00-000000000007"

struct hired {
        struct net_home home;
        struct net *net;
        struct month_end month_end; /* its obligation */
        char company[ID_TEXT_SIZE], obligation[ID_TEXT_SIZE];
};

/* 0; -1: there is no network here. `name`: of its directory. */
int hired_open(struct hired *ret, const char *name);
void hired_close(struct hired *hired);

/* `method` of tracking by a facilitator of all departments, its JSON as by printf; guichetctl's exit code. */
int hired_ask(const struct hired *hired, const char *method, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* The id that the last output has behind this name. */
void hired_take_id(const char *name, char ret[ID_TEXT_SIZE]);

/* Zéphirine of that family name, born 1990-05-17, referred by HIRED_PRESCRIBER (or another) in that department, and
 * eligible from February 2026 on. */
void hired_refer(const struct hired *hired, const char *family_name, const char *territory, const char *prescriber,
                 char ret[ID_TEXT_SIZE]);
/* By the company, 35 hours a week from that day on; guichetctl's exit code. `before` NULL: it continues none. */
int hired_place(const struct hired *hired, const char *person, const char *starts_on, const char *before);

#endif
