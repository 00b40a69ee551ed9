package org.hsi4j.examples.benchmark;

import java.lang.management.ManagementFactory;

/** Processor time of this program, which other programs on the machine change less than the time that passes. */
final class ProcessorTime {

    private ProcessorTime() {}

    /** Nanoseconds since some moment, of all threads together; where the machine cannot tell, the time that passes. */
    static long nanos() {
        long time =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                        ? bean.getProcessCpuTime()
                        : -1;
        return time < 0 ? System.nanoTime() : time;
    }
}
