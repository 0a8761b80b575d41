#include "services/reporting/dispatch.h"

int main(int argc, char **argv)
{
        return service_main(&reporting_spec, argc, argv);
}
