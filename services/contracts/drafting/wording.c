#include "services/contracts/drafting/wording.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/calibration.h"
#include "services/contracts/drafting/estimate.h"
#include "common/texts/texts.h"

/* ---- the fields that a paragraph may ask for; field_names and their values go together */

enum field {
        FIELD_BUYER,
        FIELD_OBJECT,
        FIELD_LOT,
        FIELD_CONTRACT,
        FIELD_HOLDER,
        FIELD_AUTHORITY,
        FIELD_OF_AUTHORITY,
        FIELD_TO_AUTHORITY,
        FIELD_CONDITION_BASIS,
        FIELD_CRITERION_BASIS,
        FIELD_RESERVATION_BASIS,
        FIELD_RESERVATION_BODIES,
        FIELD_PERIMETER,
        FIELD_HOURS,
        FIELD_CONTACT,
        FIELD_PUBLICS,
        FIELD_TARGETS,
        FIELD_WEIGHT,
        FIELD_SUBCRITERIA,
        FIELD_PENALTY_HOUR,
        FIELD_PENALTY_DAY,
        FIELD_RESERVED,
        FIELD_OF_RESERVED,
        FIELD_INVOICED_RULE,
        FIELD_CONVERSION,
        FIELD_PUBLIC_COUNT, /* what follows is the buyer's own: its estimate, and all that tells of it */
        FIELD_ESTIMATE = FIELD_PUBLIC_COUNT,
        FIELD_EXPECTED_HOURS,
        FIELD_CALCULATION,
        FIELD_FIGURES,
        FIELD_EQUIVALENTS,
        FIELD_WARNINGS,
        FIELD_COUNT
};

static const char *const field_names[FIELD_COUNT] = {
        "buyer",
        "object",
        "lot",
        "contract",
        "holder",
        "authority",
        "of_authority",
        "to_authority",
        "condition_basis",
        "criterion_basis",
        "reservation_basis",
        "reservation_bodies",
        "perimeter",
        "hours",
        "contact",
        "publics",
        "targets",
        "weight",
        "subcriteria",
        "penalty_hour",
        "penalty_day",
        "reserved",
        "of_reserved",
        "invoiced_rule",
        "conversion",
        "estimate",
        "expected_hours",
        "calculation",
        "figures",
        "equivalents",
        "warnings",
};

/* FIELD_COUNT: there is none of that name. */
static enum field field_named(const char *name)
{
        enum field field = 0;
        while (field < FIELD_COUNT && strcmp(field_names[field], name) != 0)
                field++;
        return field;
}

static const char *value_named(const struct text_field *fields, const char *name)
{
        enum field field = field_named(name);
        return field == FIELD_COUNT ? NULL : fields[field].value;
}

/* ---- values */

/* "- a ;\n- b." */
static const char *listed(const char *list, const char *item, bool is_last, struct arena *arena)
{
        return arena_printf(arena, "%s- %s%s", list, item, is_last ? "." : " ;\n");
}

static const char *publics_text(const struct wording *w, char *const *codes, size_t count, struct arena *arena)
{
        const char *list = "";
        for (size_t i = 0; i < count; i++) {
                const char *label = publics_label(w->publics, codes[i]);
                list = listed(list, label == NULL ? codes[i] : label, i + 1 == count, arena);
        }
        return list;
}

static const char *subcriteria_text(const struct wording *w, struct arena *arena)
{
        const char *list = "";
        for (size_t i = 0; i < w->items->n_subcriteria; i++) {
                const Contracts__DraftSubcriterion *one = w->items->subcriteria[i];
                const char *item =
                        arena_printf(arena, "%s : %s", one->label, french_share(arena, share_of(one->weight)));
                list = listed(list, item, i + 1 == w->items->n_subcriteria, arena);
        }
        return list;
}

static const char *contact_text(const struct wording *w, struct arena *arena)
{
        const Contracts__DraftContact *contact = w->items->facilitator;
        const char *text = contact->name;
        if (!text_is_empty(contact->organisation))
                text = arena_printf(arena, "%s, %s", text, contact->organisation);
        if (!text_is_empty(contact->phone))
                text = arena_printf(arena, "%s, téléphone : %s", text, contact->phone);
        if (!text_is_empty(contact->mail))
                text = arena_printf(arena, "%s, courriel : %s", text, contact->mail);
        return arena_printf(arena, "%s.", text);
}

static const char *money_text(const Types__Money *money, struct arena *arena)
{
        return money == NULL ? "" : french_money(arena, money_of(money));
}

static void put_words(const Contracts__ClauseWords *words, const Contracts__ClauseReservation *reservation,
                      struct text_field fields[FIELD_COUNT])
{
        fields[FIELD_CONTRACT].value = words->contract;
        fields[FIELD_HOLDER].value = words->holder;
        fields[FIELD_AUTHORITY].value = words->authority;
        fields[FIELD_OF_AUTHORITY].value = words->of_authority;
        fields[FIELD_TO_AUTHORITY].value = words->to_authority;
        fields[FIELD_CONDITION_BASIS].value = words->condition_basis;
        fields[FIELD_CRITERION_BASIS].value = words->criterion_basis;
        if (reservation == NULL)
                return;
        fields[FIELD_RESERVATION_BASIS].value = reservation->basis;
        fields[FIELD_RESERVATION_BODIES].value = reservation->bodies;
}

/* Where hours follow what is invoiced, a figure of them would tell what the buyer expects to spend. */
static void put_hours(const struct wording *w, struct arena *arena, struct text_field fields[FIELD_COUNT])
{
        fields[FIELD_CONVERSION].value = conversion_told(w->calibration, arena);
        if (calibration_method(w->calibration) == CONTRACTS__CALIBRATION_METHOD__PER_INVOICED)
                fields[FIELD_INVOICED_RULE].value = calibration_told(w->calibration, arena);
        else
                fields[FIELD_HOURS].value = french_hours(arena, hours_of(w->hours));
}

static void put_estimate(const struct estimate *estimate, struct text_field fields[FIELD_COUNT])
{
        fields[FIELD_ESTIMATE].value = estimate->amount;
        fields[FIELD_EXPECTED_HOURS].value = estimate->hours;
        fields[FIELD_CALCULATION].value = estimate->calculation;
        fields[FIELD_FIGURES].value = estimate->figures;
        fields[FIELD_EQUIVALENTS].value = estimate->equivalents;
        fields[FIELD_WARNINGS].value = estimate->warnings;
}

/* What is reserved: "le lot n° 2 (Peinture) du marché « … »", or "le marché « … »"; both are masculine. */
static const char *reserved_told(const struct wording *w, const Contracts__ClauseWords *words, const char *article,
                                 struct arena *arena)
{
        if (w->lot == NULL)
                return arena_printf(arena, "%s %s « %s »", article, words->contract, w->object);
        return arena_printf(arena, "%s %s du %s « %s »", article, w->lot, words->contract, w->object);
}

static void put_values(const struct wording *w, const Contracts__ClauseWords *words, struct arena *arena,
                       struct text_field fields[FIELD_COUNT])
{
        const Contracts__Calibration *calibration = w->calibration;
        fields[FIELD_BUYER].value = w->buyer;
        fields[FIELD_OBJECT].value = w->object;
        fields[FIELD_LOT].value = w->lot != NULL ? arena_printf(arena, "le %s", w->lot)
                                                 : arena_printf(arena, "l'ensemble du %s", words->contract);
        fields[FIELD_RESERVED].value = reserved_told(w, words, "le", arena);
        fields[FIELD_OF_RESERVED].value = reserved_told(w, words, "du", arena);
        fields[FIELD_PERIMETER].value = w->items->perimeter;
        put_hours(w, arena, fields);
        fields[FIELD_CONTACT].value = contact_text(w, arena);
        fields[FIELD_PUBLICS].value = publics_text(w, w->items->publics, w->items->n_publics, arena);
        fields[FIELD_TARGETS].value =
                publics_text(w, calibration->target_publics, calibration->n_target_publics, arena);
        fields[FIELD_WEIGHT].value =
                w->items->criterion_weight == NULL ? "" : french_share(arena, share_of(w->items->criterion_weight));
        fields[FIELD_SUBCRITERIA].value = subcriteria_text(w, arena);
        fields[FIELD_PENALTY_HOUR].value = money_text(w->items->penalty_per_hour, arena);
        fields[FIELD_PENALTY_DAY].value = money_text(w->items->penalty_per_day, arena);
}

/* ---- which paragraphs stand */

/* A list that names nothing names all. Lists of enums are ints to protobuf-c's generated code. */
#define NAMES(LIST, COUNT, VALUE) ((COUNT) == 0 || names_one((const int *)(const void *)(LIST), (COUNT), (int)(VALUE)))
_Static_assert(sizeof(Contracts__DraftPiece) == sizeof(int), "an enum is read as an int");

static bool names_one(const int *list, size_t count, int value)
{
        for (size_t i = 0; i < count; i++)
                if (list[i] == value)
                        return true;
        return false;
}

static bool admits_a_modality(const struct wording *w, const Contracts__ClauseParagraph *paragraph)
{
        if (paragraph->n_modalities == 0 || w->items->n_modalities == 0)
                return true;
        for (size_t i = 0; i < w->items->n_modalities; i++)
                if (NAMES(paragraph->modalities, paragraph->n_modalities, w->items->modalities[i]))
                        return true;
        return false;
}

static const Contracts__ClausePiece *piece_of(const Contracts__ClauseLibraryVersion *library,
                                              Contracts__DraftPiece piece)
{
        for (size_t i = 0; i < library->n_pieces; i++)
                if (library->pieces[i]->piece == piece)
                        return library->pieces[i];
        return NULL;
}

/* What names no piece stands in all that are published. */
static bool is_of_piece(const Contracts__ClauseParagraph *paragraph, const Contracts__ClausePiece *piece)
{
        if (paragraph->n_pieces == 0)
                return !piece->internal;
        return NAMES(paragraph->pieces, paragraph->n_pieces, piece->piece);
}

static bool stands(const struct wording *w, const Contracts__ClauseParagraph *paragraph,
                   const struct text_field *fields)
{
        if (!is_of_piece(paragraph, piece_of(w->library, w->piece)) ||
            !NAMES(paragraph->kinds, paragraph->n_kinds, w->kind) ||
            !NAMES(paragraph->levers, paragraph->n_levers, w->items->lever) ||
            !NAMES(paragraph->methods, paragraph->n_methods, calibration_method(w->calibration)) ||
            !admits_a_modality(w, paragraph))
                return false;
        for (size_t i = 0; i < paragraph->n_fields; i++)
                if (text_is_empty(value_named(fields, paragraph->fields[i])))
                        return false;
        return true;
}

/* ---- putting them together */

/* What every merge works with. */
struct making {
        const struct wording *wording;
        struct text_field fields[FIELD_COUNT];
        struct arena *arena;
        struct refusal *refusal;
};

static const char *merged(const struct making *m, const Contracts__ClauseParagraph *paragraph, bool is_heading)
{
        Texts__Text text = TEXTS__TEXT__INIT;
        char *heading = paragraph->heading;
        text.title = heading;
        text.lines = is_heading ? &heading : paragraph->lines;
        text.n_lines = is_heading ? 1 : paragraph->n_lines;
        return text_merge(&text, m->fields, FIELD_COUNT, m->arena, m->refusal);
}

static void note_unsourced(const struct making *m, const char *heading, const char *source, struct worded *worded)
{
        worded->to_confirm = pb_append(worded->to_confirm, &worded->to_confirm_count, sizeof(char *), m->arena);
        worded->to_confirm[worded->to_confirm_count - 1] = arena_printf(m->arena, "%s (%s)", heading, source);
}

static bool put_paragraph(const struct making *m, const Contracts__ClauseParagraph *paragraph, unsigned number,
                          struct worded *worded)
{
        const char *body = merged(m, paragraph, false);
        if (body == NULL)
                return false;
        if (!text_is_empty(paragraph->heading)) {
                const char *heading = merged(m, paragraph, true);
                if (heading == NULL)
                        return false;
                worded->text = arena_printf(m->arena, "%s\n%u. %s", worded->text, number, heading);
        }
        worded->text = arena_printf(m->arena, "%s%s", worded->text, body);
        return true;
}

static bool put_paragraphs(const struct making *m, struct worded *worded)
{
        static const char mark[] = "à confirmer";
        const Contracts__ClauseLibraryVersion *library = m->wording->library;
        const char *heading = "";
        unsigned number = 0;
        for (size_t i = 0; i < library->n_paragraphs; i++) {
                const Contracts__ClauseParagraph *paragraph = library->paragraphs[i];
                if (!stands(m->wording, paragraph, m->fields))
                        continue;
                if (!text_is_empty(paragraph->heading)) {
                        heading = paragraph->heading;
                        number++;
                }
                if (!put_paragraph(m, paragraph, number, worded))
                        return false;
                if (strstr(paragraph->source, mark) != NULL)
                        note_unsourced(m, heading, paragraph->source, worded);
        }
        return true;
}

static const Contracts__ClauseWords *words_of(const struct wording *w)
{
        for (size_t i = 0; i < w->library->n_words; i++)
                if (w->library->words[i]->kind == w->kind)
                        return w->library->words[i];
        return NULL;
}

static const Contracts__ClauseReservation *reservation_of(const struct wording *w)
{
        for (size_t i = 0; i < w->library->n_reservations; i++)
                if (w->library->reservations[i]->kind == w->kind &&
                    w->library->reservations[i]->reservation == w->items->reservation)
                        return w->library->reservations[i];
        return NULL;
}

bool wording_is_internal(const Contracts__ClauseLibraryVersion *library, Contracts__DraftPiece piece)
{
        const Contracts__ClausePiece *found = piece_of(library, piece);
        return found != NULL && found->internal;
}

const char *wording_title(const Contracts__ClauseLibraryVersion *library, Contracts__DraftPiece piece)
{
        const Contracts__ClausePiece *found = piece_of(library, piece);
        return found == NULL ? "Pièce" : found->title;
}

static void put_buyers_own(struct making *making, struct worded *worded)
{
        struct estimate estimate = estimate_told(making->wording->estimate, making->arena);
        put_estimate(&estimate, making->fields);
        worded->to_confirm = estimate.to_confirm;
        worded->to_confirm_count = estimate.to_confirm_count;
}

bool wording_make(const struct wording *wording, struct arena *arena, struct worded *ret, struct refusal *ret_refusal)
{
        const Contracts__ClauseWords *words = words_of(wording);
        const Contracts__ClauseReservation *reservation = reservation_of(wording);
        struct making making = {.wording = wording, .arena = arena, .refusal = ret_refusal};
        const Contracts__ClausePiece *piece = piece_of(wording->library, wording->piece);
        struct worded worded = {0};

        if (piece == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "piece",
                              "Cette pièce n'est pas dans la bibliothèque : choisissez RC, CCAP, AE, ou NOTE pour le "
                              "calcul, destiné à l'acheteur seul.");
        if (words == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "La nature du contrat n'est pas connue : dites s'il est un marché, une concession ou un "
                              "contrat privé (AmendContract).");
        if (wording->items->lever == CONTRACTS__DRAFT_LEVER__RESERVED_LEVER && reservation == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "items.reservation",
                              "Aucun article ne permet de réserver ainsi ce contrat (une concession ne se réserve pas "
                              "à la fois au handicap et à l'insertion, ni à l'ESS) : changez de réservataire.");
        for (size_t i = 0; i < FIELD_COUNT; i++)
                making.fields[i].name = field_names[i];
        put_words(words, reservation, making.fields);
        put_values(wording, words, arena, making.fields);
        if (piece->internal)
                put_buyers_own(&making, &worded);
        worded.title = piece->title;
        worded.text = arena_printf(arena, "%s\n", worded.title);
        if (!put_paragraphs(&making, &worded))
                return false;
        *ret = worded;
        return true;
}

/* ---- the library, at start */

static int bad(struct err_info *info, const Contracts__ClauseLibraryVersion *version, size_t paragraph,
               const char *what)
{
        return err_set(info, ERR_CONFIG, "clause_texts: version %s, paragraphs[%zu]: %s", version->version, paragraph,
                       what);
}

/* Whether a public piece may ask for it: what is the buyer's own is in none, and hours that follow invoices in none. */
static bool is_published(enum field field, const Contracts__ClauseParagraph *paragraph)
{
        bool of_invoices = NAMES(paragraph->methods, paragraph->n_methods, CONTRACTS__CALIBRATION_METHOD__PER_INVOICED);
        return field < FIELD_PUBLIC_COUNT && !(field == FIELD_HOURS && of_invoices);
}

/* What is wrong with a field of that name there; NULL: nothing. */
static const char *wrong_with(const char *name, const Contracts__ClauseParagraph *paragraph, bool is_public)
{
        enum field field = field_named(name);
        if (field == FIELD_COUNT)
                return "asks for a field that there is not";
        return !is_public || is_published(field, paragraph)
                       ? NULL
                       : "asks in a piece that is published for what is the buyer's own: put it in the note";
}

/* Of every "{{name}}" of the line. */
static const char *wrong_with_line(const char *line, const Contracts__ClauseParagraph *paragraph, bool is_public,
                                   struct arena *arena)
{
        const char *wrong = NULL;
        for (const char *open = strstr(line, "{{"); open != NULL && wrong == NULL; open = strstr(open + 2, "{{")) {
                const char *close = strstr(open, "}}");
                wrong = close == NULL ? "asks for a field that there is not"
                                      : wrong_with(arena_printf(arena, "%.*s", (int)(close - open) - 2, open + 2),
                                                   paragraph, is_public);
        }
        return wrong;
}

static bool is_in_public_piece(const Contracts__ClauseLibraryVersion *version,
                               const Contracts__ClauseParagraph *paragraph)
{
        for (size_t i = 0; i < version->n_pieces; i++)
                if (!version->pieces[i]->internal && is_of_piece(paragraph, version->pieces[i]))
                        return true;
        return false;
}

static int check_paragraph(struct err_info *info, const Contracts__ClauseLibraryVersion *version, size_t i,
                           struct arena *arena)
{
        const Contracts__ClauseParagraph *paragraph = version->paragraphs[i];
        bool is_public = is_in_public_piece(version, paragraph);
        const char *wrong = paragraph->n_lines == 0 ? "needs lines" : NULL;
        for (size_t j = 0; j < paragraph->n_fields && wrong == NULL; j++)
                wrong = wrong_with(paragraph->fields[j], paragraph, is_public);
        for (size_t j = 0; j < paragraph->n_lines && wrong == NULL; j++)
                wrong = wrong_with_line(paragraph->lines[j], paragraph, is_public, arena);
        if (wrong == NULL)
                wrong = wrong_with_line(paragraph->heading, paragraph, is_public, arena);
        return wrong == NULL ? 0 : bad(info, version, i, wrong);
}

int wording_check(const struct dated *library, struct err_info *info)
{
        const Contracts__ClauseLibrary *root = (const Contracts__ClauseLibrary *)library->root;
        scoped(arena_fini) struct arena arena = {0};
        int err = 0;
        for (size_t v = 0; v < root->n_versions && err == 0; v++)
                for (size_t i = 0; i < root->versions[v]->n_paragraphs && err == 0; i++)
                        err = check_paragraph(info, root->versions[v], i, &arena);
        return err;
}
