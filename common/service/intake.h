/* intake.h: a list that somebody sends, row after row: which column is which field, which rows are chosen, what came of
 * each, and the batch that is recorded of it. Command and preview are the same function of the daemon, but for what is
 * recorded:
 *     if (!intake_open(work, &given, &intake, &refusal)) …
 *     for (size_t i = 0; i < sent->n_rows; i++) {
 *             … read the row (common/import/row_reading.h), decide by the rules of the single command …
 *             intake_judge(&intake, i, &judged);
 *     }
 *     if (!intake_may_record(&intake, &refusal)) …       most of it is known already
 *     … work_record() what rows say, and intake_recorded() of each …
 *     intake_record_batch(&intake);
 *
 * Nothing is recorded before all rows are judged, so a list is taken or refused as a whole; what is wrong with a row is
 * told in its verdict, and the others are taken. All is in the work's arena. */
#ifndef COMMON_SERVICE_INTAKE_H
#define COMMON_SERVICE_INTAKE_H

#include "common/import/row_reading.h"
#include "common/service/batches.h"

/* A kind of list. Fields are numbered from 1 in the order of their words. */
struct intake_spec {
        const char *list; /* "hours": stands in events and keys */
        struct batch_tables tables;
        const char *const *fields; /* fields[1]: "placement"; what --map and the dated words call them */
        int field_count;           /* with the unused first */
        /* The list is a state, sent whole again and again: rows that are known are the rule and stop nothing. It stops
         * where the very same file was taken before and would change something now. */
        bool is_state;
};

/* What the rows so far say that no other may: found by its hash, or behind it. A power of two, half of it free. */
struct row_name {
        const char *text; /* NULL: free */
        uint32_t number;  /* of the first row that says it */
};
struct row_names {
        struct row_name *at;
        size_t mask;
};

struct intake {
        struct work *work;
        struct intake_spec spec;
        const Types__SentList *sent;
        const char *sender, *territory;
        const Types__ListWordsVersion *words;
        struct columns columns;
        struct row_list rows; /* for row_begin() */
        Types__ListReport *report;
        Types__BatchImported *batch;
        bool is_continued;               /* of a batch that is there: its rows are known for good reason */
        bool is_remembered;              /* the mapping that was applied is the one that is known of this sender */
        const Types__ListSender *taught; /* whose columns stay known: rows that are no file's teach none. NULL: none */
        const Types__ImportBatch *same_file;
        struct row_names names; /* of the rows judged so far */
};

/* Whose list it is, where it is given, and the words in force today. */
struct intake_for {
        const struct intake_spec *spec;
        const char *sender, *territory;
        const Types__ListWordsVersion *words;
        const Types__SentList *sent;
};
/* False with *ret_refusal: its columns say nothing, or it goes on in a batch that is another's, whole or undone. */
bool intake_open(struct work *work, const struct intake_for *given, struct intake *ret,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The code of the value that a cell names, by itself or by a word of the list; NULL: it is no value of these lists. */
const char *intake_value(const struct intake *intake, const char *cell);
/* Tells a refusal of the rules at the cell of the field that it names, where it has a column; else at `otherwise`. */
void intake_refuse_row(const struct intake *intake, struct row_reading *row, const struct refusal *refusal,
                       int otherwise);
/* Whether a batch (NULL: none) is a list of the same kind and sender, which may correct itself. */
bool intake_is_of_sender(const struct intake *intake, const Types__Id *batch_id);

/* Whether the sender chose the row, for a list whose rows rest on others. */
bool intake_is_chosen(const struct intake *intake, size_t index);

/* What the daemon makes of a row. */
struct judged {
        Types__RowOutcome outcome; /* ROW_CREATED, UPDATED, UNCHANGED, DOUBTFUL, REJECTED, EMPTY */
        const Types__Id *id;       /* NULL: not known */
        const char *title;         /* NULL: none */
        const char *name;          /* what no two rows of a list may say: "placement, month"; NULL: none */
        const char *remedy;        /* French, of two rows that say it; NULL: one of them is to be kept */
        Types__CellError **errors;
        size_t error_count;
        Types__CellError **warnings; /* of a row that is taken, or may be */
        size_t warning_count;
};
/* The verdict, which is in the report: a row that says again what another says is rejected, one that is not chosen is
 * not taken, a doubtful one is where it is chosen. True: it is to be recorded. */
bool intake_judge(struct intake *intake, size_t index, const struct judged *judged);

/* False with *ret_refusal: the same file again, or more than half of what is understood is known already, and nobody
 * said to go on. In a preview it stands in the report (intake_preview()). */
bool intake_may_record(struct intake *intake, struct refusal *ret_refusal) ATTR_MUST_CHECK;
void intake_preview(struct intake *intake);

/* The batch that what is recorded must name. */
const Types__Id *intake_batch_id(const struct intake *intake);
/* The event of row `index` was recorded just now: of which thing, which part of it, and what stood there. */
void intake_recorded(struct intake *intake, size_t index, struct id id, int32_t part, struct slice before);
/* Whether the batch says something that is not known: of a list that is a state, which is recorded only then. */
bool intake_is_news(const struct intake *intake);
void intake_record_batch(struct intake *intake);

#endif
