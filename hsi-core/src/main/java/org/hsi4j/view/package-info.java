/**
 * Pictures of scenes and results, and one HTML file that holds them together.
 *
 * <p>Every picture is a {@link org.hsi4j.view.Picture}: made by a static {@code of}, changed by {@code withXxx}, drawn by
 * {@link org.hsi4j.view.Picture#image()} and written by {@link org.hsi4j.view.Picture#writePng}. Drawing needs no display. The
 * same input gives the same bytes on the same machine; between machines only the lettering can differ, with their fonts.
 *
 * <p><b>Fonts.</b> Lettering uses the JVM's logical sans-serif font. On a machine without any font (a bare container) every
 * picture is still made, without its lettering, and the log says so once.
 *
 * <p><b>Invalid pixels</b> are hatched in two light greys, which no colour map contains.
 */
@NullMarked
package org.hsi4j.view;

import org.jspecify.annotations.NullMarked;
