#include "services/gateway/door/guard.h"

#include <string.h>
#include <strings.h>

#include "services/gateway/door/cookie.h"

_Static_assert(GUARD_BODY_MAX == 256 * 1024 && GUARD_FILE_MAX == 4 * 1024 * 1024 &&
                       GUARD_PIECES_MAX == 8 * 1024 * 1024 && GUARD_HEAD_MAX == 64 * 1024 &&
                       GUARD_LINE_MAX == 32 * 1024,
               "the texts below say so");

static const struct guard_flaw not_http = {
        400, "Ce n'est pas une demande HTTP : la première ligne doit être « MÉTHODE /adresse HTTP/1.1 »."};
static const struct guard_flaw bad_line_end = {
        400, "Chaque ligne de l'en-tête doit finir par CR LF : un CR ou un LF isolé n'est pas lu partout de même."};
static const struct guard_flaw bad_character = {
        400, "L'en-tête contient un caractère de commande ou le caractère nul : retirez-le."};
static const struct guard_flaw nul_in_path = {400, "L'adresse contient le caractère nul (%00) : retirez-le."};
static const struct guard_flaw bad_header = {
        400, "Chaque ligne d'en-tête doit être « Nom: valeur », sans espace avant le nom ni avant les deux-points."};
static const struct guard_flaw no_host = {400, "Il faut un en-tête Host, et un seul."};
static const struct guard_flaw repeated = {
        400, "Un en-tête qui décide de la demande (longueur, identité, clé) s'y trouve deux fois : gardez-en un seul."};
static const struct guard_flaw bad_length = {
        400, "Content-Length doit être un nombre, seul, et sans Transfer-Encoding à côté."};
static const struct guard_flaw bad_encoding = {400, "Le seul Transfer-Encoding possible est « chunked », en HTTP/1.1."};
static const struct guard_flaw bad_chunk = {
        400,
        "Le corps en morceaux est mal formé : chaque morceau est sa taille en hexadécimal, CR LF, ses octets, CR LF ; "
        "le dernier a la taille 0, et rien ne le suit."};
static const struct guard_flaw bad_version = {505, "Cette version de HTTP n'est pas servie ici : utilisez HTTP/1.1."};
static const struct guard_flaw body_too_large = {
        413, "La demande est trop grande : 256 Kio au plus ; coupez-la en plusieurs."};
static const struct guard_flaw file_too_large = {
        413,
        "Le fichier est trop grand : 4 Mio au plus ; retirez ses images, ou coupez la liste en plusieurs fichiers."};
static const struct guard_flaw document_too_large = {
        413, "Le document est trop grand : 8 Mio au plus ; numérisez-le moins finement, ou coupez-le."};
static const struct guard_flaw line_too_long = {
        414, "L'adresse est trop longue : 32 Kio au plus ; posez une question plus courte."};
static const struct guard_flaw too_many_parameters = {
        414, "L'adresse a trop de paramètres : 256 au plus ; donnez-les en JSON dans « q »."};
static const struct guard_flaw head_too_long = {
        431, "L'en-tête est trop long : 64 Kio et 100 lignes au plus, 4 Kio de cookies ; retirez ce qui ne sert pas."};

static const char instead_of_head[] = "GET / HTTP/1.1\r\nHost: guichet\r\nConnection: close\r\n\r\n";

/* --- characters ----------------------------------------------------------------------------------------------------
 */

static bool is_token(const char *text, size_t size)
{
        static const char others[] = "!#$%&'*+-.^_`|~";
        for (size_t i = 0; i < size; i++) {
                char c = text[i];
                bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!plain && (c == '\0' || strchr(others, c) == NULL))
                        return false;
        }
        return size > 0;
}

static bool is_control(char c)
{
        return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static bool is_named(const char *name, size_t size, const char *wanted)
{
        return size == strlen(wanted) && strncasecmp(name, wanted, size) == 0;
}

/* --- the head ------------------------------------------------------------------------------------------------------
 */

/* A line of the head, or a part of one. */
struct part {
        const char *at;
        size_t size;
};

static const struct guard_flaw *look_at_target(struct part target)
{
        size_t parameters = 1;
        const char *query = memchr(target.at, '?', target.size);
        size_t path = query == NULL ? target.size : (size_t)(query - target.at);

        if (target.size == 0 || target.at[0] != '/')
                return &not_http;
        for (size_t i = 0; i < target.size; i++) {
                if ((unsigned char)target.at[i] <= 0x20 || (unsigned char)target.at[i] >= 0x7f)
                        return &bad_character;
                if (i + 2 < path && memcmp(target.at + i, "%00", 3) == 0)
                        return &nul_in_path;
                parameters += target.at[i] == '&';
        }
        return parameters > GUARD_PARAMETERS_MAX ? &too_many_parameters : NULL;
}

static uint64_t body_most(const struct guard *guard)
{
        return guard->most > 0 ? guard->most : GUARD_BODY_MAX;
}

static const struct guard_flaw *body_flaw(const struct guard *guard)
{
        return guard->most == GUARD_FILE_MAX     ? &file_too_large
               : guard->most == GUARD_PIECES_MAX ? &document_too_large
                                                 : &body_too_large;
}

static bool begins(struct part line, const char *with)
{
        size_t size = strlen(with);
        return line.size > size && memcmp(line.at, with, size) == 0;
}

/* "GET /path HTTP/1.1" */
static const struct guard_flaw *look_at_first_line(struct guard *guard, struct part line, bool *ret_is_1_1)
{
        const char *first = memchr(line.at, ' ', line.size), *last = memrchr(line.at, ' ', line.size);
        if (first == NULL || first == last)
                return &not_http;
        struct part version = {last + 1, line.size - (size_t)(last + 1 - line.at)};
        if (!is_token(line.at, (size_t)(first - line.at)) || version.size != 8 || memcmp(version.at, "HTTP/", 5) != 0)
                return &not_http;
        *ret_is_1_1 = memcmp(version.at, "HTTP/1.1", 8) == 0;
        if (!*ret_is_1_1 && memcmp(version.at, "HTTP/1.0", 8) != 0)
                return &bad_version;
        guard->most = begins(line, "POST " GUARD_FILE_TARGET " ") ? GUARD_FILE_MAX
                      : begins(line, "PUT " GUARD_PIECES_PLACE)   ? GUARD_PIECES_MAX
                                                                  : GUARD_BODY_MAX;
        return look_at_target((struct part){first + 1, (size_t)(last - first - 1)});
}

/* What decides something, and so stands once at most. */
enum single { HOST, LENGTH, ENCODING, AUTHORIZATION, KEY, MATCH, ORIGIN, EXPECT, SINGLES };

struct headers {
        struct part values[SINGLES]; /* at NULL: not there */
        size_t count;
        size_t cookies;
        struct slice session; /* of the session's cookie */
};

static const struct guard_flaw *look_at_header(struct part line, struct headers *headers)
{
        static const char *const names[SINGLES] = {
                [HOST] = "Host",
                [LENGTH] = "Content-Length",
                [ENCODING] = "Transfer-Encoding",
                [AUTHORIZATION] = "Authorization",
                [KEY] = "Idempotency-Key",
                [MATCH] = "If-Match",
                [ORIGIN] = "Origin",
                [EXPECT] = "Expect",
        };
        const char *colon = memchr(line.at, ':', line.size);
        size_t name = colon == NULL ? 0 : (size_t)(colon - line.at);
        if (!is_token(line.at, name))
                return &bad_header;
        struct part value = {colon + 1, line.size - name - 1};
        while (value.size > 0 && (value.at[0] == ' ' || value.at[0] == '\t'))
                value = (struct part){value.at + 1, value.size - 1};
        while (value.size > 0 && (value.at[value.size - 1] == ' ' || value.at[value.size - 1] == '\t'))
                value.size--;
        for (size_t i = 0; i < SINGLES; i++) {
                if (!is_named(line.at, name, names[i]))
                        continue;
                if (headers->values[i].at != NULL)
                        return i == HOST ? &no_host : &repeated;
                headers->values[i] = value;
        }
        if (is_named(line.at, name, "Cookie")) {
                headers->cookies += value.size;
                (void)cookie_find(slice_of(value.at, value.size), COOKIE_SESSION, &headers->session);
        }
        headers->count++;
        return headers->count > GUARD_HEADERS_MAX || headers->cookies > GUARD_COOKIES_MAX ? &head_too_long : NULL;
}

/* How long the body is: into the guard. */
static const struct guard_flaw *look_at_framing(struct guard *guard, const struct headers *headers, bool is_1_1)
{
        const struct part *length = &headers->values[LENGTH], *encoding = &headers->values[ENCODING];
        uint64_t size = 0;

        if (is_1_1 && headers->values[HOST].at == NULL)
                return &no_host;
        if (encoding->at != NULL) {
                if (length->at != NULL)
                        return &bad_length;
                if (!is_1_1 || !is_named(encoding->at, encoding->size, "chunked"))
                        return &bad_encoding;
                guard->state = GUARD_CHUNK_SIZE;
                guard->body = 0;
                return NULL;
        }
        if (length->at != NULL && (length->size == 0 || length->size > 19))
                return &bad_length;
        for (size_t i = 0; length->at != NULL && i < length->size; i++) {
                if (length->at[i] < '0' || length->at[i] > '9')
                        return &bad_length;
                size = size * 10 + (uint64_t)(length->at[i] - '0');
        }
        if (size > body_most(guard))
                return body_flaw(guard);
        guard->left = size;
        guard->state = size > 0 ? GUARD_BODY : GUARD_HEAD;
        return NULL;
}

/* The end of the head is looked for where the last look ended. What can be no part of one is told at once. */
static const struct guard_flaw *find_end(struct guard *guard, const char *bytes, size_t size, size_t *ret_end)
{
        *ret_end = 0;
        for (size_t i = guard->seen; i < size; i++, guard->seen++) {
                bool after_cr = i > 0 && bytes[i - 1] == '\r';
                if ((bytes[i] == '\n') != after_cr)
                        return &bad_line_end;
                if (bytes[i] == '\n') {
                        bool is_empty = i - guard->line_start == 1;
                        if (is_empty && guard->line_start == 0)
                                return &not_http;
                        guard->line_start = i + 1;
                        if (is_empty) {
                                *ret_end = i + 1;
                                return NULL;
                        }
                } else if (bytes[i] != '\r' && is_control(bytes[i])) {
                        return &bad_character;
                }
                if (guard->line_start == 0 && i >= GUARD_LINE_MAX)
                        return &line_too_long;
                if (i >= GUARD_HEAD_MAX)
                        return &head_too_long;
        }
        return NULL;
}

static const struct guard_flaw *look_at_head(struct guard *guard, struct part head, struct headers *headers)
{
        bool is_1_1 = false;
        const struct guard_flaw *flaw = NULL;
        const char *end = head.at + head.size - 2; /* the empty line */

        for (const char *line = head.at; flaw == NULL && line < end;) {
                const char *line_end = memchr(line, '\r', (size_t)(end - line));
                struct part part = {line, (size_t)(line_end - line)};
                flaw = line == head.at ? look_at_first_line(guard, part, &is_1_1) : look_at_header(part, headers);
                line = line_end + 2;
        }
        return flaw != NULL ? flaw : look_at_framing(guard, headers, is_1_1);
}

static struct guard_look flawed(struct guard *guard, const struct guard_flaw *flaw, const char *instead)
{
        guard->state = GUARD_FLAWED;
        return (struct guard_look){.verdict = GUARD_FLAW, .flaw = flaw, .instead = instead, .is_whole = true};
}

static struct guard_look head(struct guard *guard, const char *bytes, size_t size)
{
        struct headers headers = {.count = 0};
        size_t end;
        const struct guard_flaw *flaw = find_end(guard, bytes, size, &end);

        if (flaw == NULL && end == 0)
                return (struct guard_look){.verdict = GUARD_MORE};
        if (flaw == NULL)
                flaw = look_at_head(guard, (struct part){bytes, end}, &headers);
        if (flaw != NULL)
                return flawed(guard, flaw, instead_of_head);
        guard->seen = guard->line_start = 0;
        return (struct guard_look){
                .verdict = GUARD_PASS,
                .size = end,
                .is_head = true,
                .is_whole = guard->state == GUARD_HEAD,
                .authorization = headers.values[AUTHORIZATION].at,
                .authorization_size = headers.values[AUTHORIZATION].size,
                .session = headers.session,
        };
}

/* --- the body ------------------------------------------------------------------------------------------------------
 */

static struct guard_look passed(size_t size, bool is_whole)
{
        return (struct guard_look){.verdict = GUARD_PASS, .size = size, .is_whole = is_whole};
}

/* As much of the body, or of its piece, as is there. */
static struct guard_look piece(struct guard *guard, size_t size, enum guard_state next)
{
        size_t there = size < guard->left ? size : (size_t)guard->left;
        guard->left -= there;
        if (guard->left == 0)
                guard->state = next;
        return passed(there, guard->state == GUARD_HEAD);
}

/* "1f4\r\n" */
static struct guard_look chunk_size(struct guard *guard, const char *bytes, size_t size)
{
        static const char last[] = "0\r\n\r\n";
        uint64_t value = 0;
        size_t digits = 0;

        for (; digits < size && digits < 8; digits++) {
                char c = bytes[digits];
                int digit = c >= '0' && c <= '9'   ? c - '0'
                            : c >= 'a' && c <= 'f' ? c - 'a' + 10
                            : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                   : -1;
                if (digit < 0)
                        break;
                value = value * 16 + (uint64_t)digit;
        }
        if (digits < size && (digits == 0 || bytes[digits] != '\r'))
                return flawed(guard, &bad_chunk, last);
        if (size < digits + 2)
                return (struct guard_look){.verdict = GUARD_MORE};
        if (bytes[digits + 1] != '\n')
                return flawed(guard, &bad_chunk, last);
        if (value > body_most(guard) - guard->body)
                return flawed(guard, body_flaw(guard), last);
        guard->body += value;
        guard->left = value;
        guard->state = value > 0 ? GUARD_CHUNK : GUARD_BODY_END;
        return passed(digits + 2, false);
}

static struct guard_look line_end(struct guard *guard, const char *bytes, size_t size)
{
        bool is_last = guard->state == GUARD_BODY_END;
        if (bytes[0] != '\r' || (size > 1 && bytes[1] != '\n'))
                return flawed(guard, &bad_chunk, is_last ? "\r\n" : "\r\n0\r\n\r\n");
        if (size < 2)
                return (struct guard_look){.verdict = GUARD_MORE};
        guard->state = is_last ? GUARD_HEAD : GUARD_CHUNK_SIZE;
        return passed(2, is_last);
}

struct guard_look guard_look(struct guard *guard, const char *bytes, size_t size)
{
        struct guard_look nothing = {.verdict = GUARD_MORE};
        if (size == 0)
                return nothing;
        switch (guard->state) {
        case GUARD_HEAD: return head(guard, bytes, size);
        case GUARD_BODY: return piece(guard, size, GUARD_HEAD);
        case GUARD_CHUNK_SIZE: return chunk_size(guard, bytes, size);
        case GUARD_CHUNK: return piece(guard, size, GUARD_CHUNK_END);
        case GUARD_CHUNK_END:
        case GUARD_BODY_END: return line_end(guard, bytes, size);
        case GUARD_FLAWED: break;
        }
        return nothing;
}
