package org.hsi4j.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks a JUnit Jupiter test that reads {@link SharedFiles}. Without the shared folder the test is skipped with a message
 * that names the folder; where the environment says {@code CI=true} it fails instead, so that a build machine cannot pass by
 * having no data. Tests of jqwik are not covered: keep real data out of properties.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Tag("real-data")
@ExtendWith(RealData.Condition.class)
public @interface RealData {

    /** Decides whether the data is there. */
    final class Condition implements ExecutionCondition {

        /** Called by JUnit. */
        public Condition() {}

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return evaluate("true".equalsIgnoreCase(System.getenv("CI")));
        }

        static ConditionEvaluationResult evaluate(boolean required) {
            if (SharedFiles.root().isPresent()) {
                return ConditionEvaluationResult.enabled("shared folder found");
            }
            String message = "real data needed, but there is no shared folder at " + SharedFiles.candidates();
            if (required) {
                throw new IllegalStateException(message + " (with CI=true this is a failure)");
            }
            return ConditionEvaluationResult.disabled(message);
        }
    }
}
