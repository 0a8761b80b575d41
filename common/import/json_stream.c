#include "common/import/json_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/text.h"
#include "common/import/json_scan.h"

enum { RELEASE_STEP = 1024 * 1024 };

/* What a file may turn out to be instead, by its first bytes. */
static const struct {
        const char *start;
        const char *text;
} other_files[] = {
        {"\xfd"
         "7zXZ",
         "le fichier est compressé (xz) : le décompresser d'abord"},
        {"\x1f\x8b", "le fichier est compressé (gzip) : le décompresser d'abord"},
        {"PK\x03\x04", "le fichier est une archive zip ou un classeur : donner le fichier JSON"},
        {"\xff\xfe", "le fichier est en UTF-16 : le convertir en UTF-8"},
        {"\xfe\xff", "le fichier est en UTF-16 : le convertir en UTF-8"},
        {"<", "le fichier est du XML ou du HTML : donner le fichier JSON"},
};

static int recognise(struct json_stream *stream, struct err_info *info)
{
        struct slice text = slice_of(stream->data, stream->size);

        for (size_t i = 0; i < ARRAY_SIZE(other_files); i++)
                if (slice_starts_with(text, slice_of_text(other_files[i].start)))
                        return err_set(info, ERR_MALFORMED, "%s", other_files[i].text);
        if (slice_starts_with(text, slice_of_text("\xef\xbb\xbf")))
                stream->at = 3;
        int first = json_stream_peek(stream);
        if (first == '<')
                return err_set(info, ERR_MALFORMED, "le fichier est du XML ou du HTML : donner le fichier JSON");
        if (first != -1 && first != '{' && first != '[')
                return err_set(info, ERR_MALFORMED,
                               "ce n'est pas du JSON (un fichier CSV ?) : le premier caractère devrait être { ou [");
        return 0;
}

int json_stream_open_memory(struct slice text, struct json_stream *ret, struct err_info *info)
{
        struct json_stream stream = {.data = text.data, .size = text.size};
        int err = recognise(&stream, info);

        if (err == 0)
                *ret = stream;
        return err;
}

static int map(int fd, struct json_stream *ret, struct err_info *info)
{
        struct stat about;

        if (fstat(fd, &about) != 0)
                return err_set(info, -errno, "fichier illisible : %s", strerror(errno));
        if (!S_ISREG(about.st_mode))
                return err_set(info, ERR_MALFORMED, "ce n'est pas un fichier ordinaire");
        if (about.st_size == 0) /* which cannot be mapped */
                return 0;
        void *mapped = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (mapped == MAP_FAILED)
                return err_set(info, -errno, "fichier illisible : %s", strerror(errno));
        (void)madvise(mapped, (size_t)about.st_size, MADV_SEQUENTIAL);
        *ret = (struct json_stream){.data = mapped, .size = (size_t)about.st_size, .mapped = mapped};
        return 0;
}

int json_stream_open(const char *path, struct json_stream *ret, struct err_info *info)
{
        struct json_stream stream = {0};
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        if (fd < 0)
                return err_set(info, -errno, "impossible d'ouvrir le fichier : %s", strerror(errno));
        int err = map(fd, &stream, info);
        (void)close(fd);
        if (err == 0)
                err = recognise(&stream, info);
        if (err == 0)
                *ret = stream;
        else
                json_stream_close(&stream);
        return err;
}

void json_stream_close(struct json_stream *stream)
{
        if (stream->mapped != NULL)
                (void)munmap(stream->mapped, stream->size);
        *stream = (struct json_stream){0};
}

/* Keeps the memory of the program flat, whatever the size of the file. */
static void release_behind(struct json_stream *stream)
{
        if (stream->mapped == NULL || stream->at < stream->released + 2 * (size_t)RELEASE_STEP)
                return;
        (void)madvise((uint8_t *)stream->mapped + stream->released, RELEASE_STEP, MADV_DONTNEED);
        stream->released += RELEASE_STEP;
}

int json_stream_peek(struct json_stream *stream)
{
        for (; stream->at < stream->size; stream->at++) {
                uint8_t c = stream->data[stream->at];
                if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
                        return c;
        }
        return -1;
}

bool json_stream_take(struct json_stream *stream, char expected)
{
        if (json_stream_peek(stream) != (unsigned char)expected)
                return false;
        stream->at++;
        return true;
}

static struct slice rest(const struct json_stream *stream, size_t max)
{
        size_t left = stream->size - stream->at;
        return slice_of(stream->data + stream->at, left < max ? left : max);
}

int json_stream_member(struct json_stream *stream, struct slice *ret_key)
{
        while (json_stream_take(stream, ','))
                continue;
        if (json_stream_take(stream, '}'))
                return 0;
        if (json_stream_peek(stream) != '"')
                return ERR_MALFORMED;
        size_t length = json_scan_string(rest(stream, JSON_ELEMENT_SCAN_MAX), false);
        if (length == 0)
                return ERR_MALFORMED;
        *ret_key = slice_of(stream->data + stream->at + 1, length - 2);
        stream->at += length;
        return json_stream_take(stream, ':') ? 1 : ERR_MALFORMED;
}

int json_stream_skip(struct json_stream *stream)
{
        if (json_stream_peek(stream) == -1)
                return ERR_MALFORMED;
        size_t length = json_scan_value(rest(stream, SIZE_MAX), false);
        if (length == 0)
                return ERR_MALFORMED;
        stream->at += length;
        return 0;
}

int json_stream_element(struct json_stream *stream, struct slice *ret_element)
{
        while (json_stream_take(stream, ','))
                continue;
        if (json_stream_take(stream, ']'))
                return 0;
        if (json_stream_peek(stream) == -1)
                return ERR_MALFORMED;
        release_behind(stream);
        struct slice ahead = rest(stream, JSON_ELEMENT_SCAN_MAX);
        size_t length = json_scan_value(ahead, false);
        if (length == 0)
                length = json_scan_value(ahead, true);
        if (length == 0)
                return ERR_MALFORMED;
        *ret_element = slice_of(ahead.data, length);
        stream->at += length;
        return 1;
}

int json_stream_broken(const struct json_stream *stream, uint64_t elements, struct err_info *info)
{
        unsigned long long count = elements;

        if (stream->size - stream->at > JSON_ELEMENT_SCAN_MAX)
                return err_set(info, ERR_MALFORMED,
                               "l'élément n° %llu de la liste, à l'octet %zu, ne se termine pas (guillemet ou accolade "
                               "manquant ?) ; la suite n'est pas lue",
                               count + 1, stream->at);
        return err_set(info, ERR_MALFORMED,
                       "le fichier est tronqué : la liste s'arrête après %llu éléments complets, à l'octet %zu sur %zu",
                       count, stream->at, stream->size);
}

static bool is_word_byte(uint8_t c)
{
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '-' || c == '+';
}

/* The word around `at`, where the parser stumbled. */
static struct slice word_at(struct slice text, size_t at)
{
        size_t start = at, end = at;
        while (start > 0 && is_word_byte(text.data[start - 1]))
                start--;
        while (end < text.size && is_word_byte(text.data[end]))
                end++;
        return slice_of(text.data + start, end - start);
}

/* The key whose value starts at `at`, empty where no key stands there. */
static struct slice key_before(struct slice text, size_t at)
{
        size_t end = at;
        while (end > 0 && strchr(" \n\r\t:", text.data[end - 1]) != NULL)
                end--;
        if (end == 0 || text.data[end - 1] != '"')
                return slice_of(text.data, 0);
        size_t start = end - 1;
        while (start > 0 && text.data[start - 1] != '"')
                start--;
        return slice_of(text.data + start, end - 1 - start);
}

static void note_slices(struct findings *found, enum note_code code, struct slice field, struct slice value)
{
        bool valid =
                utf8_valid((const char *)field.data, field.size) && utf8_valid((const char *)value.data, value.size);
        note_reason_text(found, code, valid ? arena_printf(found->arena, "%.*s", (int)field.size, field.data) : "",
                         valid ? arena_printf(found->arena, "%.*s", (int)value.size, value.data) : "");
}

/* The few characters before the place where the parser stopped. */
static struct slice excerpt(struct slice text, size_t at)
{
        enum { EXCERPT_BYTES = 24 };
        size_t start = at > EXCERPT_BYTES ? at - EXCERPT_BYTES : 0;

        while (start < at && (text.data[start] & 0xc0) == 0x80)
                start++;
        while (at > start && !utf8_valid((const char *)text.data + start, at - start))
                at--;
        return slice_of(text.data + start, at - start);
}

static void note_parse_error(struct findings *found, struct slice element, const json_error_t *error)
{
        size_t at = error->position < 0 ? 0 : (size_t)error->position;

        if (at > element.size)
                at = element.size;
        struct slice word = word_at(element, at);
        if (json_error_code(error) == json_error_invalid_utf8)
                note_reason_text(found, NOTE_NOT_UTF8, "", "");
        else if (strncmp(error->text, "invalid token", strlen("invalid token")) == 0 && word.size > 0)
                note_slices(found, NOTE_BARE_WORD, key_before(element, (size_t)(word.data - element.data)), word);
        else
                note_slices(found, NOTE_NOT_JSON, slice_of(element.data, 0), excerpt(element, at));
}

/* What the tree's parser refuses goes to Jansson, whose words say what is wrong with it. */
static void note_why(struct slice element, struct findings *found)
{
        json_error_t error;
        json_t *json = json_loadb((const char *)element.data, element.size, JSON_DECODE_ANY, &error);

        if (json == NULL)
                note_parse_error(found, element, &error);
        else
                note_reason_text(found, NOTE_TOO_DEEP, "", "");
        json_decref(json);
}

static bool only_blanks(const uint8_t *at, const uint8_t *end)
{
        while (at < end && strchr(" \n\r\t", *at) != NULL && *at != '\0')
                at++;
        return at == end;
}

const struct json_tree *json_stream_parse(struct slice element, struct findings *found)
{
        size_t size;

        if (element.size > JSON_ELEMENT_BYTES_MAX) {
                note_reason_text(found, NOTE_ELEMENT_TOO_LARGE, "", "");
                return NULL;
        }
        const struct json_tree *tree = json_tree_parse(element, found->arena, &size);
        if (tree != NULL && only_blanks(element.data + size, element.data + element.size))
                return tree;
        note_why(element, found);
        return NULL;
}

int json_stream_next(struct json_stream *stream, struct findings *found, struct slice *ret_element,
                     const struct json_tree **ret_tree)
{
        while (json_stream_take(stream, ','))
                continue;
        int first = json_stream_peek(stream);
        struct slice ahead = rest(stream, JSON_ELEMENT_BYTES_MAX);
        size_t size;
        /* Only brackets tell where they end: a number at the end of a cut text could go on. */
        const struct json_tree *tree =
                first == '{' || first == '[' ? json_tree_parse(ahead, found->arena, &size) : NULL;

        if (tree != NULL) {
                release_behind(stream);
                *ret_element = slice_of(ahead.data, size);
                stream->at += size;
                *ret_tree = tree;
                return 1;
        }
        int more = json_stream_element(stream, ret_element);
        *ret_tree = more == 1 ? json_stream_parse(*ret_element, found) : NULL;
        return more;
}
