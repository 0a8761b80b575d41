#include "services/notifications/mail.h"

#include <sodium.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/require.h"
#include "common/base/text.h"

enum {
        LINE_BYTES = 57,         /* of the text in one base64 line of 76 characters */
        ENCODED_WORD_BYTES = 39, /* of the subject in one encoded word: 64 characters; RFC 2047 allows lines of 76 */
};

/* --- addresses in a server's words -------------------------------------------------------------------------------- */

void mail_hide_addresses(char *text)
{
        static const char hidden[] = "...", between[] = " \t\r\n,;\"'()";
        char *to = text;
        for (const char *at = text; *at != '\0';) {
                size_t blanks = strspn(at, between), size = strcspn(at + blanks, between);
                bool is_address = size >= strlen(hidden) && memchr(at + blanks, '@', size) != NULL;
                memmove(to, at, blanks);
                to += blanks;
                if (is_address)
                        memcpy(to, hidden, strlen(hidden));
                else
                        memmove(to, at + blanks, size);
                to += is_address ? strlen(hidden) : size;
                at += blanks + size;
        }
        *to = '\0';
}

/* --- headers ----------------------------------------------------------------------------------------------------- */

static bool header_safe(const char *text)
{
        for (; *text != '\0'; text++) {
                if ((unsigned char)*text < 0x20 || *text == 0x7f)
                        return false;
        }
        return true;
}

static char *base64(struct arena *arena, const char *bytes, size_t size)
{
        size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
        char *text = arena_alloc(arena, room);
        return sodium_bin2base64(text, room, (const unsigned char *)bytes, size, sodium_base64_VARIANT_ORIGINAL);
}

/* How many bytes of the text fit in `size` without cutting a character in two. */
static size_t whole_characters(const char *text, size_t size)
{
        size_t length = strnlen(text, size + 1);
        if (length <= size)
                return length;
        while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
                size--;
        return size;
}

/* "Subject: …": as it is where it is short and ASCII, else as encoded words, one a line. */
static char *subject_field(struct arena *arena, const char *subject)
{
        bool plain = strlen(subject) <= 60 && strstr(subject, "=?") == NULL;
        for (const char *at = subject; *at != '\0'; at++)
                plain = plain && (unsigned char)*at < 0x80;
        if (plain)
                return arena_printf(arena, "Subject: %s\r\n", subject);

        char *field = arena_text(arena, "Subject:");
        while (*subject != '\0') {
                size_t size = whole_characters(subject, ENCODED_WORD_BYTES);
                field = arena_printf(arena, "%s =?UTF-8?B?%s?=\r\n", field, base64(arena, subject, size));
                subject += size;
        }
        return field;
}

static char *date_field(struct arena *arena, int64_t at_ms)
{
        static const char *const week[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; /* from 1970-01-01 on */
        static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        struct day day = day_of_instant_ms(at_ms);
        struct civil civil = day_civil(day);
        int seconds = (int)((at_ms - (int64_t)day_number(day) * 86400000) / 1000);
        return arena_printf(arena, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n",
                            week[((day_number(day) % 7) + 7) % 7], civil.day, months[civil.month - 1], civil.year,
                            seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* --- body -------------------------------------------------------------------------------------------------------- */

/* Line ends as mail wants them, whatever they were. */
static char *with_crlf(struct arena *arena, const char *text, size_t *ret_size)
{
        char *out = arena_alloc(arena, 2 * strlen(text) + 1);
        size_t size = 0;
        for (; *text != '\0'; text++) {
                if (*text == '\r' && text[1] == '\n')
                        continue;
                if (*text == '\n' || *text == '\r') {
                        out[size++] = '\r';
                        out[size++] = '\n';
                } else {
                        out[size++] = *text;
                }
        }
        *ret_size = size;
        return out;
}

static char *body(struct arena *arena, const struct mail *mail, size_t *ret_size)
{
        enum { LINE_TEXT = LINE_BYTES / 3 * 4 };
        size_t size, at = 0;
        char *bytes = with_crlf(arena, arena_printf(arena, "%s\n%s\n", mail->text, mail->foot), &size);
        char *out = arena_alloc(arena, (size / LINE_BYTES + 1) * (LINE_TEXT + 2) + 1);
        for (size_t done = 0; done < size; done += LINE_BYTES) {
                size_t piece = size - done < LINE_BYTES ? size - done : LINE_BYTES;
                (void)sodium_bin2base64(out + at, LINE_TEXT + 1, (const unsigned char *)bytes + done, piece,
                                        sodium_base64_VARIANT_ORIGINAL);
                at += strlen(out + at);
                out[at++] = '\r';
                out[at++] = '\n';
        }
        *ret_size = at;
        return out;
}

int mail_compose(const struct mail *mail, struct arena *arena, struct slice *ret_message, struct err_info *info)
{
        if (!mail_address_valid(mail->from))
                return err_set(info, ERR_MALFORMED, "the sender's address is not one");
        if (!mail_address_valid(mail->to))
                return err_set(info, ERR_MALFORMED, "the recipient's address is not one");
        if (!header_safe(mail->subject) || !utf8_valid(mail->subject, strlen(mail->subject)))
                return err_set(info, ERR_MALFORMED, "the subject holds a line end or another control character");
        if (!utf8_valid(mail->text, strlen(mail->text)) || !utf8_valid(mail->foot, strlen(mail->foot)))
                return err_set(info, ERR_MALFORMED, "the text is not UTF-8");

        char id[ID_TEXT_SIZE];
        size_t size;
        id_format(mail->id, id);
        char *encoded = body(arena, mail, &size);
        char *head = arena_printf(arena,
                                  "%sFrom: Guichet <%s>\r\nTo: <%s>\r\n%sMessage-ID: <%s@%s>\r\n"
                                  "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                                  "Content-Transfer-Encoding: base64\r\nContent-Language: fr\r\n"
                                  "Auto-Submitted: auto-generated\r\n\r\n",
                                  date_field(arena, mail->at_ms), mail->from, mail->to,
                                  subject_field(arena, mail->subject), id, strchr(mail->from, '@') + 1);
        size_t head_size = strlen(head);
        uint8_t *message = arena_alloc(arena, head_size + size);
        memcpy(message, head, head_size);
        memcpy(message + head_size, encoded, size);
        *ret_message = slice_of(message, head_size + size);
        return 0;
}
