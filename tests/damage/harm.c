#include "tests/damage/harm.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/store/blobs.h"
#include "tests/lib/harness.h"

enum { PAGE_BYTES = 4096, PATH_SIZE = 4400, PAGE_KINDS = 4 };

static uint64_t draw(const struct harm_place *place, uint64_t below)
{
        uint64_t value;
        place->world->random(place->world, &value, sizeof(value));
        return value % below;
}

/* The store's file of an instance; of one that seals, now and then, that of its persons' keys. */
static void draw_file(const struct harm_place *place, struct harm *harm, char ret[PATH_SIZE])
{
        (void)snprintf(ret, PATH_SIZE, "%s/stores/%s/keys/data.mdb", place->directory, harm->victim);
        if (access(ret, F_OK) != 0 || draw(place, 3) != 0)
                (void)snprintf(ret, PATH_SIZE, "%s/stores/%s/data.mdb", place->directory, harm->victim);
}

static off_t size_of(const char *path)
{
        struct stat facts;
        if (stat(path, &facts) != 0 || facts.st_size < 2 * PAGE_BYTES)
                harness_fail("%s is no store", path);
        return facts.st_size;
}

static void write_at(const char *path, const void *bytes, size_t size, off_t at)
{
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0 || pwrite(fd, bytes, size, at) != (ssize_t)size || close(fd) != 0)
                harness_fail("%s cannot be written", path);
}

static void say(struct harm *harm, const char *what, const char *path, uint64_t where)
{
        const char *below = strstr(path, "/stores/");
        (void)snprintf(harm->told, sizeof(harm->told), "%s of %.200s at %llu", what, below == NULL ? path : below + 8,
                       (unsigned long long)where);
}

static off_t turn_bit_of(const struct harm_place *place, const char *path)
{
        uint8_t byte = 0;
        off_t at = (off_t)draw(place, (uint64_t)size_of(path));
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || pread(fd, &byte, 1, at) != 1 || close(fd) != 0)
                harness_fail("%s cannot be read", path);
        byte ^= (uint8_t)(1U << draw(place, 8));
        write_at(path, &byte, 1, at);
        return at;
}

static void turn_bit(const struct harm_place *place, struct harm *harm)
{
        char path[PATH_SIZE];
        draw_file(place, harm, path);
        say(harm, "a bit", path, (uint64_t)turn_bit_of(place, path));
}

static void spoil_page(const struct harm_place *place, struct harm *harm, bool zero)
{
        char path[PATH_SIZE];
        uint8_t page[PAGE_BYTES] = {0};
        draw_file(place, harm, path);
        uint64_t at = draw(place, (uint64_t)size_of(path) / PAGE_BYTES);
        if (!zero)
                place->world->random(place->world, page, sizeof(page));
        write_at(path, page, sizeof(page), (off_t)(at * PAGE_BYTES));
        say(harm, zero ? "a page of zeros" : "a random page", path, at);
}

static void zero_page(const struct harm_place *place, struct harm *harm)
{
        spoil_page(place, harm, true);
}

static void random_page(const struct harm_place *place, struct harm *harm)
{
        spoil_page(place, harm, false);
}

static void cut(const struct harm_place *place, struct harm *harm)
{
        char path[PATH_SIZE];
        draw_file(place, harm, path);
        off_t at = (off_t)draw(place, (uint64_t)size_of(path));
        if (truncate(path, at) != 0)
                harness_fail("%s cannot be cut", path);
        say(harm, "the end", path, (uint64_t)at);
}

static void exchange(const char *one, const char *other)
{
        char kept[PATH_SIZE + 8];
        (void)snprintf(kept, sizeof(kept), "%s.kept", one);
        if (rename(one, kept) != 0 || rename(other, one) != 0 || rename(kept, other) != 0)
                harness_fail("%s and %s cannot be exchanged", one, other);
}

static void swap(const struct harm_place *place, struct harm *harm)
{
        char one[PATH_SIZE], other[PATH_SIZE];
        const char *with = place->instances[draw(place, place->count)];
        while (with == harm->victim)
                with = place->instances[draw(place, place->count)];
        (void)snprintf(one, sizeof(one), "%s/stores/%s/data.mdb", place->directory, harm->victim);
        (void)snprintf(other, sizeof(other), "%s/stores/%s/data.mdb", place->directory, with);
        exchange(one, other);
        (void)snprintf(harm->told, sizeof(harm->told), "the stores of %s and %s exchanged", harm->victim, with);
}

static void copy_file(const char *from, const char *to)
{
        static uint8_t bytes[1 << 16];
        ssize_t size;
        int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_TRUNC | O_CLOEXEC);
        if (in < 0 || out < 0)
                harness_fail("%s cannot be copied to %s", from, to);
        while ((size = read(in, bytes, sizeof(bytes))) > 0)
                if (write(out, bytes, (size_t)size) != size)
                        harness_fail("%s cannot be written", to);
        (void)close(in);
        (void)close(out);
}

static void make_older(const struct harm_place *place, struct harm *harm)
{
        char path[PATH_SIZE], older[PATH_SIZE];
        draw_file(place, harm, path);
        (void)snprintf(older, sizeof(older), "%s%s", place->older, path + strlen(place->directory));
        copy_file(older, path);
        say(harm, "an older file", path, 0);
}

static void lose(const struct harm_place *place, struct harm *harm)
{
        char path[PATH_SIZE];
        draw_file(place, harm, path);
        if (draw(place, 2) == 0 ? unlink(path) != 0 : truncate(path, 0) != 0)
                harness_fail("%s cannot be lost", path);
        say(harm, "the loss", path, 0);
}

/* Another instance's keys, or its own with another master key in their place. */
static void wrong_key(const struct harm_place *place, struct harm *harm)
{
        char path[PATH_SIZE], other[PATH_SIZE];
        static char text[8192];
        const char *with = place->instances[draw(place, place->count)];
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", place->directory, harm->victim);
        (void)snprintf(other, sizeof(other), "%s/keys/%s.key", place->directory, with);
        (void)snprintf(harm->told, sizeof(harm->told), "the keys of %s given to %s", with, harm->victim);
        if (with != harm->victim) {
                copy_file(other, path);
                return;
        }
        int fd = open(path, O_RDWR | O_CLOEXEC);
        ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
        char *master = size < 0 ? NULL : strstr(text, "\"master_key\": \"");
        if (master == NULL)
                harness_fail("%s has no master key", path);
        char *digit = master + strlen("\"master_key\": \"");
        *digit = *digit == '0' ? '1' : '0';
        if (pwrite(fd, digit, 1, digit - text) != 1 || close(fd) != 0)
                harness_fail("%s cannot be written", path);
        (void)snprintf(harm->told, sizeof(harm->told), "another master key for %s", harm->victim);
}

/* --- documents: of the instance that has some */

enum { DOCUMENTS_MAX = 64 };

static int compare_addresses(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct blob_address));
}

struct found {
        struct blob_address addresses[DOCUMENTS_MAX];
        size_t count;
};

static void note_address(void *argument, struct blob_address address)
{
        struct found *found = argument;
        if (found->count < DOCUMENTS_MAX)
                found->addresses[found->count++] = address;
}

/* Two of them. */
static void draw_documents(const struct harm_place *place, struct harm *harm, char ret_one[PATH_SIZE],
                           char ret_other[PATH_SIZE])
{
        static struct found found;
        char directory[PATH_SIZE - 128], below[BLOB_PATH_SIZE];
        found.count = 0;
        harm->victim = "tracking-1";
        (void)snprintf(directory, sizeof(directory), "%s/stores/%s/blobs", place->directory, harm->victim);
        if (blobs_each(directory, note_address, &found) != 0 || found.count < 2)
                harness_fail("%s has no documents", directory);
        qsort(found.addresses, found.count, sizeof(found.addresses[0]), compare_addresses);
        size_t one = draw(place, found.count), other = (one + 1 + draw(place, found.count - 1)) % found.count;
        blob_path(found.addresses[one], below);
        (void)snprintf(ret_one, PATH_SIZE, "%s/%s", directory, below);
        blob_path(found.addresses[other], below);
        (void)snprintf(ret_other, PATH_SIZE, "%s/%s", directory, below);
}

static void spoil_document(const struct harm_place *place, struct harm *harm)
{
        static const char *const told[] = {"a bit of the document", "the end of the document", "the document",
                                           "another in the place of the document"};
        char path[PATH_SIZE], other[PATH_SIZE];
        draw_documents(place, harm, path, other);
        uint64_t kind = draw(place, ARRAY_SIZE(told));
        harm->of_document = true;
        switch (kind) {
        case 0: (void)turn_bit_of(place, path); break;
        case 1:
                if (truncate(path, (off_t)draw(place, (uint64_t)size_of(path))) != 0)
                        harness_fail("%s cannot be cut", path);
                break;
        case 2:
                if (unlink(path) != 0)
                        harness_fail("%s cannot be lost", path);
                break;
        default: exchange(path, other); break;
        }
        say(harm, told[kind], path, 0);
}

void harm_do(const struct harm_place *place, struct harm *ret)
{
        static void (*const kinds[])(const struct harm_place *place, struct harm *harm) = {
                turn_bit, zero_page, random_page, cut, swap, make_older, lose, wrong_key, spoil_document};
        *ret = (struct harm){.victim = place->instances[draw(place, place->count)]};
        uint64_t kind = draw(place, ARRAY_SIZE(kinds));
        ret->of_pages = kind < PAGE_KINDS;
        kinds[kind](place, ret);
}
