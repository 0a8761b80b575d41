#include "services/ctl/import_notes.h"

#include <string.h>

#include "common/codec/json.h"
#include "services/ctl/print_json.h"

static void put_any_text(json_t *object, const char *name, const char *text)
{
        json_t *value = json_string(text);
        json_set_member(object, name,
                        value != NULL ? value : json_string("?")); /* a published text that is not UTF-8 */
}

void import_write_note(FILE *rejects, const struct import_place *place, const struct import_note *note)
{
        if (rejects == NULL)
                return;
        json_t *line = json_object();
        put_any_text(line, "file", place->file);
        put_any_text(line, "list", place->list);
        json_set_member(line, "index", json_integer((json_int_t)place->index));
        put_any_text(line, "number", place->number);
        put_any_text(line, "severity", note->severity == IMPORT_REJECTED ? "rejected" : "warning");
        put_any_text(line, "field", note->field);
        put_any_text(line, "value", note->value);
        put_any_text(line, "text", note->text);
        (void)print_json_line_take(rejects, line);
}

static void write_notes(FILE *rejects, const struct import_place *place, enum import_severity severity,
                        const struct note_list *list)
{
        for (size_t i = 0; i < list->count; i++) {
                const struct note *from = &list->at[i];
                const struct import_note note = {severity, from->field, from->value, from->text};
                import_write_note(rejects, place, &note);
        }
        if (list->untold > 0) {
                char text[64];
                (void)snprintf(text, sizeof(text), "%zu autre(s), non détaillée(s)", list->untold);
                const struct import_note note = {severity, "", "", text};
                import_write_note(rejects, place, &note);
        }
}

static void count_notes(const struct note_list *list, uint64_t counts[NOTE_CODES])
{
        bool seen[NOTE_CODES] = {false}; /* once for each element */
        for (size_t i = 0; i < list->count; i++) {
                if (!seen[list->at[i].code])
                        counts[list->at[i].code]++;
                seen[list->at[i].code] = true;
        }
}

static void keep_first(char first[IMPORT_PLACE_SIZE], const struct import_place *place, const char *field)
{
        const char *name = strrchr(place->file, '/');
        if (first[0] != '\0')
                return;
        (void)snprintf(first, IMPORT_PLACE_SIZE, "%s, %s[%llu]%s%s%s%s%s", name == NULL ? place->file : name + 1,
                       place->list, (unsigned long long)place->index, place->number[0] != '\0' ? " « " : "",
                       place->number, place->number[0] != '\0' ? " »" : "", field[0] != '\0' ? ", " : "", field);
}

void import_take_notes(struct import_figures *figures, FILE *rejects, const struct import_place *place,
                       const struct findings *found)
{
        bool rejected = found->reasons.count > 0;
        figures->rejected += rejected;
        figures->warned += !rejected && found->warnings.count > 0;
        count_notes(&found->reasons, figures->reasons);
        write_notes(rejects, place, IMPORT_REJECTED, &found->reasons);
        if (rejected)
                return;
        count_notes(&found->warnings, figures->warnings);
        write_notes(rejects, place, IMPORT_WARNING, &found->warnings);
        for (size_t i = 0; i < found->warnings.count; i++)
                keep_first(figures->first_warning[found->warnings.at[i].code], place, found->warnings.at[i].field);
}

void import_take_remark(struct import_figures *figures, FILE *rejects, const struct import_place *place,
                        const char *field, const char *text)
{
        const struct import_note note = {IMPORT_WARNING, field, "", text};
        figures->remarked++;
        if (figures->first_remark[0] == '\0')
                (void)snprintf(figures->first_remark, sizeof(figures->first_remark), "%s", text);
        keep_first(figures->first_remarked, place, field);
        import_write_note(rejects, place, &note);
}

void import_keep_number(const char *number, char ret_number[IMPORT_NUMBER_SIZE])
{
        size_t size = strnlen(number, IMPORT_NUMBER_SIZE - 1);
        while (number[size] != '\0' && size > 0 && ((unsigned char)number[size] & 0xc0) == 0x80)
                size--;
        memcpy(ret_number, number, size);
        ret_number[size] = '\0';
}
