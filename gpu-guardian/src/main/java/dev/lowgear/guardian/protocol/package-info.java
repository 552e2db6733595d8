/**
 * What is said on the guardian's Unix socket: one line per request, one line per answer, readable
 * and writable by a person.
 *
 * <pre>
 *  set &lt;engine&gt; &lt;mhz&gt; &lt;leaseMs&gt; &lt;gpu&gt; [&lt;gpu&gt; …]    ok &lt;mhz&gt;
 *  renew &lt;engine&gt; &lt;leaseMs&gt;                         ok &lt;mhz&gt;
 *  reset &lt;engine&gt;                                   ok 0
 *  status                                           ok &lt;key&gt;=&lt;value&gt; …
 *  (anything else, or what cannot be done)          error &lt;code&gt; &lt;words&gt;
 * </pre>
 *
 * <p>A request may begin with {@code #<number>}, which its answer then repeats: answers need not
 * come in the order of the requests. A request that still waits when a newer one of its engine
 * comes is not carried out: it gets the newer one's answer. Lines are ASCII, at most {@link
 * dev.lowgear.guardian.protocol.Line#MAXIMUM_LENGTH} bytes, and end with a line feed.
 */
@NullMarked
package dev.lowgear.guardian.protocol;

import org.jspecify.annotations.NullMarked;
