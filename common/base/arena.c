#include "common/base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

#ifdef GUICHET_SANITIZED
#include <sanitizer/asan_interface.h>
enum { RED_ZONE = 16 }; /* poisoned bytes between two allocations */
#else
#define ASAN_POISON_MEMORY_REGION(at, size)   ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
enum { RED_ZONE = 0 };
#endif

enum { ALIGNMENT = 16, BLOCK_SIZE_MIN = 4096, BLOCK_SIZE_KEPT = 64 * 1024 };

struct arena_block {
        struct arena_block *older;
        size_t size;
        _Alignas(ALIGNMENT) uint8_t bytes[];
};

void arena_init(struct arena *arena)
{
        *arena = (struct arena){0};
}

/* Frees the newest block and those older than it. */
static void free_blocks(struct arena_block *block)
{
        while (block != NULL) {
                struct arena_block *older = block->older;
                ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
                free(block);
                block = older;
        }
}

void arena_fini(struct arena *arena)
{
        free_blocks(arena->blocks);
        *arena = (struct arena){0};
}

static void start_block(struct arena *arena, struct arena_block *block)
{
        arena->blocks = block;
        arena->next = block->bytes;
        arena->left = block->size;
        ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
}

void arena_reset(struct arena *arena)
{
        struct arena_block *newest = arena->blocks;
        if (newest == NULL || newest->size > BLOCK_SIZE_KEPT) {
                arena_fini(arena);
                return;
        }
        free_blocks(newest->older);
        newest->older = NULL;
        start_block(arena, newest);
}

/* Each block is twice the one before, so that after some messages the newest holds a whole one. */
static void grow(struct arena *arena, size_t size)
{
        size_t doubled = arena->blocks == NULL ? BLOCK_SIZE_MIN : 2 * arena->blocks->size;
        size_t usual = doubled < BLOCK_SIZE_KEPT ? doubled : BLOCK_SIZE_KEPT;
        size_t wanted = size > usual ? size : usual;
        struct arena_block *block = malloc(sizeof(*block) + wanted);
        require(block != NULL);
        block->older = arena->blocks;
        block->size = wanted;
        start_block(arena, block);
}

void *arena_alloc(struct arena *arena, size_t size)
{
        require(size < SIZE_MAX / 2);
        size_t rounded = ((size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1)) + RED_ZONE;

        if (rounded > arena->left || arena->blocks == NULL) /* of no bytes, too, the address is one */
                grow(arena, rounded);
        uint8_t *allocated = arena->next;
        arena->next += rounded;
        arena->left -= rounded;
        ASAN_UNPOISON_MEMORY_REGION(allocated, rounded);
        if (rounded > 0) /* the head of a list of before is none of what comes next: head_of() */
                memset(allocated + rounded - ALIGNMENT, 0, ALIGNMENT);
        ASAN_POISON_MEMORY_REGION(allocated + size, rounded - size);
        return allocated;
}

size_t arena_bytes(const struct arena *arena)
{
        size_t bytes = 0;
        for (const struct arena_block *block = arena->blocks; block != NULL; block = block->older)
                bytes += sizeof(*block) + block->size;
        return bytes;
}

void *arena_zalloc(struct arena *arena, size_t size)
{
        return memset(arena_alloc(arena, size), 0, size);
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
        void *copy = arena_alloc(arena, size);
        if (size > 0)
                memcpy(copy, data, size);
        return copy;
}

/* ---- lists */

/* Lies before a list that grew. */
struct list_head {
        uintptr_t mark; /* mark_of() the list: no other bytes are, by chance or by a peer's will */
        uint32_t room;  /* elements */
        uint32_t used;  /* of them */
};
_Static_assert(sizeof(struct list_head) == ALIGNMENT, "a list is aligned as its head is");

static uintptr_t mark_of(const void *list)
{
        static const char somewhere; /* that differs from process to process */
        return (uintptr_t)list ^ (uintptr_t)&somewhere;
}

/* NULL: the list did not grow here. What lies before such a list is anything, a red zone too; it is only looked at. */
ATTR_NO_ASAN static struct list_head *head_of(const void *list)
{
        if (list == NULL || (uintptr_t)list % ALIGNMENT != 0)
                return NULL;
        struct list_head *head = (void *)((uintptr_t)list - sizeof(*head));
        return head->mark == mark_of(list) ? head : NULL;
}

void *arena_extend(struct arena *arena, const void *list, size_t count, size_t element_size)
{
        struct list_head *head = head_of(list);
        if (head != NULL && head->used == count && count < head->room) {
                head->used++;
                return (void *)(uintptr_t)list;
        }
        require(count < UINT32_MAX / 2);
        size_t room = count == 0 ? 1 : count * 2;
        head = arena_alloc(arena, sizeof(*head) + room * element_size);
        void *larger = head + 1;
        *head = (struct list_head){mark_of(larger), (uint32_t)room, (uint32_t)count + 1};
        if (count > 0)
                memcpy(larger, list, count * element_size);
        return larger;
}

struct slice arena_copy_slice(struct arena *arena, struct slice slice)
{
        return slice_of(arena_copy(arena, slice.data, slice.size), slice.size);
}

char *arena_text(struct arena *arena, const char *text)
{
        return arena_copy(arena, text, strlen(text) + 1);
}

/* Most texts are short, and are written once. */
char *arena_printf(struct arena *arena, const char *format, ...)
{
        enum { SHORT_SIZE = 256 };
        char written[SHORT_SIZE];
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int length = vsnprintf(written, sizeof(written), format, args);
        va_end(args);
        require(length >= 0);
        char *text = arena_alloc(arena, (size_t)length + 1);
        if ((size_t)length < sizeof(written))
                memcpy(text, written, (size_t)length + 1);
        else
                (void)vsnprintf(text, (size_t)length + 1, format, again);
        va_end(again);
        return text;
}
