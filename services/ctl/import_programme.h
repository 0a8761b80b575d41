/* import_programme.h: what the preview of a programme shows besides what every list does: its lines as they were read,
 * on standard output, in French. For import_list.c. */
#ifndef SERVICES_CTL_IMPORT_PROGRAMME_H
#define SERVICES_CTL_IMPORT_PROGRAMME_H

/* `reply`: contracts.PreviewProgrammeReply. */
void programme_print_lines(const void *reply);

#endif
