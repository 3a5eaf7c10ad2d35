package realmesh;

import io.mcpmesh.MeshAgent;
import io.mcpmesh.MeshTool;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Known to the mesh by another name than that of its folder and its jar. */
@MeshAgent(name = "sales-tax", version = "1.0.0", port = 19410)
@SpringBootApplication
public class TaxAgent {
    public static void main(String[] args) {
        SpringApplication.run(TaxAgent.class, args);
    }

    @MeshTool(capability = "rate")
    public String taxRate() {
        return "rate 1";
    }
}
