/* The programs that are delivered carry what makes a fault in them harder to use: read off each file itself, so that a
 * flag that is dropped anywhere on its way is missed here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/attr.h"

struct program {
        const char *bytes;
        size_t size;
        const Elf64_Ehdr *head;
};

static struct program open_program(const char *name)
{
        char path[512];
        struct stat facts;
        (void)snprintf(path, sizeof(path), "%s/%s", getenv("GUICHET_BIN"), name);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(fstat(fd, &facts), 0);
        struct program program = {.size = (size_t)facts.st_size};
        program.bytes = mmap(NULL, program.size, PROT_READ, MAP_PRIVATE, fd, 0);
        assert_ptr_not_equal(program.bytes, MAP_FAILED);
        assert_int_equal(close(fd), 0);
        program.head = (const Elf64_Ehdr *)(const void *)program.bytes;
        assert_memory_equal(program.head->e_ident, ELFMAG, SELFMAG);
        assert_int_equal(program.head->e_ident[EI_CLASS], ELFCLASS64);
        return program;
}

static const Elf64_Phdr *segment(const struct program *program, uint32_t type)
{
        const Elf64_Phdr *all = (const void *)(program->bytes + program->head->e_phoff);
        for (size_t i = 0; i < program->head->e_phnum; i++)
                if (all[i].p_type == type)
                        return &all[i];
        return NULL;
}

static uint64_t dynamic(const struct program *program, int64_t tag)
{
        const Elf64_Phdr *part = segment(program, PT_DYNAMIC);
        assert_non_null(part);
        const Elf64_Dyn *all = (const void *)(program->bytes + part->p_offset);
        for (size_t i = 0; all[i].d_tag != DT_NULL; i++)
                if (all[i].d_tag == tag)
                        return all[i].d_un.d_val;
        return 0;
}

static bool holds(const struct program *program, const char *text)
{
        return memmem(program->bytes, program->size, text, strlen(text)) != NULL;
}

static void check(const char *name)
{
        struct program program = open_program(name);
        const Elf64_Phdr *stack = segment(&program, PT_GNU_STACK);
        print_message("%s\n", name);
        assert_int_equal(program.head->e_type, ET_DYN); /* at another address each time */
        assert_true((dynamic(&program, DT_FLAGS_1) & DF_1_PIE) != 0);
        assert_non_null(segment(&program, PT_GNU_RELRO)); /* what the loader has filled in is read-only */
        assert_true((dynamic(&program, DT_FLAGS_1) & DF_1_NOW) != 0);
        assert_non_null(stack);
        assert_int_equal(stack->p_flags & PF_X, 0);
        assert_true(holds(&program, "__stack_chk_fail"));
        assert_true(holds(&program, "printf_chk"));               /* _FORTIFY_SOURCE */
        assert_true(holds(&program, "-fstack-clash-protection")); /* as the compiler notes it with the line numbers */
        assert_int_equal(munmap((void *)(uintptr_t)program.bytes, program.size), 0);
}

static void test_programs_are_hardened(void **state)
{
        (void)state;
        static const char *const programs[] = {
                "guichet-contracts",     "guichet-tracking",  "guichet-directory",
                "guichet-notifications", "guichet-reporting", "guichet-gateway",
                "guichet-table",         "guichet-print",     "guichetctl",
        };
        for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
                check(programs[i]);
}

/* What takes a stranger's file apart is loaded by the program that reads it, never by the door of the network. */
static void test_the_gateway_reads_no_files(void **state)
{
        (void)state;
        struct program gateway = open_program("guichet-gateway"), table = open_program("guichet-table");
        assert_true(holds(&table, "libcsv.so"));
        assert_false(holds(&gateway, "libcsv.so"));
        assert_false(holds(&gateway, "libxml2.so"));
        assert_int_equal(munmap((void *)(uintptr_t)gateway.bytes, gateway.size), 0);
        assert_int_equal(munmap((void *)(uintptr_t)table.bytes, table.size), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_programs_are_hardened),
                                           cmocka_unit_test(test_the_gateway_reads_no_files)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
