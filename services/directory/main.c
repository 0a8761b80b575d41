#include "services/directory/dispatch.h"

int main(int argc, char **argv)
{
        return service_main(&directory_spec, argc, argv);
}
