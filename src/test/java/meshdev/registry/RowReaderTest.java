package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowReaderTest {
    private static final String ORDERS = "{'id':'orders-1','name':'orders','agent_type':'mcp_agent','runtime':'python','version':'2.0.0',"
            + "'status':'healthy','endpoint':'http://127.0.0.1:9001','last_seen':'t','total_dependencies':1,'dependencies_resolved':0,"
            + "'capabilities':[{'name':'order','function_name':'f','version':'1.1.0','tags':['a','b'],'description':'d','available':true}]}";

    @Test
    void aPlaceIsWhatTheAgentWouldSayOfItselfAsFarAsTheRegistryTells() throws IOException {
        assertEquals(Optional.of(new Place("orders-1", ("{'agent_id':'orders-1','name':'orders','agent_type':'mcp_agent','runtime':'python',"
                + "'http_host':'127.0.0.1','http_port':9001,'tools':[{'capability':'order','function_name':'f',"
                + "'version':'1.1.0','tags':['a','b'],'description':'d'}]}").replace('\'', '"'))), place(ORDERS));
    }

    @Test
    void nobodyKeepsThePlaceOfOneWhoHasNone() throws IOException {
        assertEquals(Optional.empty(), place(""));
        assertEquals(Optional.empty(), place(ORDERS.replace("'healthy'", "'unhealthy'")));
    }

    @Test
    void consumersAreLeftToOthersWhoServeTheSame() throws IOException {
        String other = ORDERS.replace("orders-1", "orders-2");
        assertEquals(Optional.empty(), place(ORDERS + "," + other));
        assertEquals(true, place(ORDERS + "," + other.replace("'healthy'", "'unhealthy'")).isPresent());
        assertEquals(true, place(ORDERS + "," + other.replace("'order'", "'another'")).isPresent());
    }

    private static Optional<Place> place(String agents) throws IOException {
        return RowReader.place(("{'agents':[" + agents + "]}").replace('\'', '"'), "orders-1");
    }
}
