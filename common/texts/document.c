#include "common/texts/document.h"

#include <string.h>

#include "common/base/text.h"

/* ---- in a reply */

static const char *const text_names[] = {"text", "letter", "notice_text"};
static const char *const doubt_names[] = {"to_confirm", "notice_to_confirm"};

/* The first of these that the type has as texts, one or many; NULL: none. */
static const ProtobufCFieldDescriptor *field_among(const ProtobufCMessageDescriptor *type, const char *const *names,
                                                   size_t count, bool is_many)
{
        for (size_t i = 0; i < count; i++) {
                const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, names[i]);
                if (field != NULL && field->type == PROTOBUF_C_TYPE_STRING &&
                    (field->label == PROTOBUF_C_LABEL_REPEATED) == is_many)
                        return field;
        }
        return NULL;
}

static const ProtobufCFieldDescriptor *text_field_of(const ProtobufCMessageDescriptor *type)
{
        return field_among(type, text_names, ARRAY_SIZE(text_names), false);
}

static bool document_in(const ProtobufCMessage *message, struct document *ret)
{
        const char *bytes = (const char *)message;
        const ProtobufCFieldDescriptor *text = text_field_of(message->descriptor);
        const ProtobufCFieldDescriptor *doubts =
                field_among(message->descriptor, doubt_names, ARRAY_SIZE(doubt_names), true);
        struct document document = {.text = text == NULL ? NULL
                                                         : *(const char *const *)(const void *)(bytes + text->offset)};
        if (text_is_empty(document.text))
                return false;
        if (doubts != NULL) {
                document.to_confirm_count = *(const size_t *)(const void *)(bytes + doubts->quantifier_offset);
                document.to_confirm = *(char *const *const *)(const void *)(bytes + doubts->offset);
        }
        *ret = document;
        return true;
}

static bool is_one_message(const ProtobufCFieldDescriptor *field)
{
        return field->type == PROTOBUF_C_TYPE_MESSAGE && field->label != PROTOBUF_C_LABEL_REPEATED;
}

bool document_is_in(const ProtobufCMessageDescriptor *type)
{
        bool found = text_field_of(type) != NULL;
        for (unsigned i = 0; i < type->n_fields && !found; i++)
                found = is_one_message(&type->fields[i]) && text_field_of(type->fields[i].descriptor) != NULL;
        return found;
}

bool document_of_reply(const ProtobufCMessage *reply, struct document *ret)
{
        bool found = document_in(reply, ret);
        for (unsigned i = 0; i < reply->descriptor->n_fields && !found; i++) {
                const ProtobufCFieldDescriptor *field = &reply->descriptor->fields[i];
                const char *at = (const char *)reply + field->offset;
                const ProtobufCMessage *inner =
                        is_one_message(field) ? *(const ProtobufCMessage *const *)(const void *)at : NULL;
                found = inner != NULL && document_in(inner, ret);
        }
        return found;
}

/* ---- forms */

static const char *const to_pdf[] = {"weasyprint", "-q", "--pdf-variant", "pdf/ua-1", "-", "-", NULL};
static const char *const to_odt[] = {"pandoc", "-f", "html", "-t", "odt", "-o", "-", NULL};

const struct document_form *document_form_of(const char *ending)
{
        static const struct document_form forms[] = {
                {"txt", "text/plain; charset=utf-8", NULL, document_text},
                {"html", "text/html; charset=utf-8", NULL, document_html},
                {"pdf", "application/pdf", to_pdf, document_html},
                {"odt", "application/vnd.oasis.opendocument.text", to_odt, document_html_untitled},
        };
        for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
                if (strcmp(forms[i].ending, ending) == 0)
                        return &forms[i];
        return NULL;
}

char *document_text(const struct document *document, bool with_sheet, struct arena *arena)
{
        size_t size = strlen(document->text);
        const char *end = size > 0 && document->text[size - 1] == '\n' ? "" : "\n";
        char *text = arena_printf(arena, "%s%s", document->text, end);
        if (!with_sheet || document->to_confirm_count == 0)
                return text;
        text = arena_printf(arena, "%s\n---\nÀ confirmer avant signature (ne fait pas partie du document) :\n", text);
        for (size_t i = 0; i < document->to_confirm_count; i++)
                text = arena_printf(arena, "%s- %s\n", text, document->to_confirm[i]);
        return text;
}
