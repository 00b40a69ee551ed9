/** What all methods have in common: a name, a reference, options; and the table in which a method is found. */
@NullMarked
package org.hsi4j.method;

import org.jspecify.annotations.NullMarked;
